import assert from 'node:assert/strict';

import { renamed } from '../../../src/core/suggestions/fit/renaming.ts';

interface Side {
  readonly name: string;
  readonly head: string;
}

const CASES: readonly {
  readonly what: string;
  readonly text: string;
  readonly from: Side;
  readonly to: Side;
  readonly expected: string;
}[] = [
  {
    what: 'parameters of heads that are built alike',
    text: 'return text.trim() + sep;',
    from: { name: 'join', head: 'function join(text, sep) {' },
    to: { name: 'glue', head: 'function glue(source, mark) {' },
    expected: 'return source.trim() + mark;',
  },
  {
    what: 'the function itself where it calls itself',
    text: 'return walk(node.next);',
    from: { name: 'walk', head: 'function walk(node) {' },
    to: { name: 'visit', head: 'function visit(node, depth) {' },
    expected: 'return visit(node.next);',
  },
  {
    what: 'the one word in which two names differ, as it is written, and its plural',
    text: 'users = self.users\nreturn User(users, MAX_USERS)',
    from: { name: 'load_user', head: 'def load_user(self):' },
    to: { name: 'load_order', head: 'def load_order(self):' },
    expected: 'orders = self.orders\nreturn Order(orders, MAX_ORDERS)',
  },
  {
    what: 'no verb',
    text: 'get_pool().get(key)',
    from: { name: 'get_key', head: 'def get_key(key):' },
    to: { name: 'drop_key', head: 'def drop_key(key):' },
    expected: 'get_pool().get(key)',
  },
  {
    what: 'nothing inside strings',
    text: "log('user missing'); return user;",
    from: { name: 'findUser', head: 'function findUser(user) {' },
    to: { name: 'findOrder', head: 'function findOrder(order) {' },
    expected: "log('user missing'); return order;",
  },
  {
    what: 'nothing to a name that already means something else',
    text: 'const source = read(text); return source;',
    from: { name: 'parse', head: 'function parse(text) {' },
    to: { name: 'scan', head: 'function scan(source) {' },
    expected: 'const source = read(text); return source;',
  },
  {
    what: 'no parameters of heads that are built differently',
    text: 'return a + b;',
    from: { name: 'add', head: 'function add(a, b) {' },
    to: { name: 'sum', head: 'function sum(values) {' },
    expected: 'return a + b;',
  },
];

describe('renaming to what is in scope', () => {
  for (const { what, text, from, to, expected } of CASES) {
    it(`renames ${what}`, () => {
      assert.equal(renamed(text, from, to), expected);
    });
  }

  it('reads a quote that is never closed, with escaped ones behind it, once', () => {
    const from = { name: 'findUser', head: 'function findUser(user) {' };
    const to = { name: 'findOrder', head: 'function findOrder(order) {' };
    for (const quote of ['"', "'", '`']) {
      const text = `user ${quote}${`\\${quote}`.repeat(200_000)}`;
      assert.equal(renamed(text, from, to), text.replace('user', 'order'));
    }
  });
});
