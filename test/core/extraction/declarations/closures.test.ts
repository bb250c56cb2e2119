import assert from 'node:assert/strict';

import { useExtractor } from '../../../support/engine/extraction.ts';

/** Code and the functions it holds, with their complexity. */
const CASES: readonly (readonly [what: string, text: string, functions: readonly string[]])[] = [
  ['in brackets behind a cast', 'const pick = ((a: A) => (a ? 1 : 2)) as Pick;', ['pick 2']],
  [
    'behind satisfies',
    'export const pick = (function (a) { return a || 1; }) satisfies P;',
    ['pick 2'],
  ],
  ['known not to be null', 'const pick = (async (a) => a && 1)!;', ['pick 2']],
  [
    'in wrappers of wrappers',
    'const Row = memo(forwardRef<A>((p, ref) => (p ? 1 : 2)));',
    ['Row 2'],
  ],
  [
    'named in a wrapper that is exported',
    'export default memo(function Row(p) { return p ? 1 : 2; });',
    ['Row 2'],
  ],
  [
    'in a wrapper nobody knows',
    'export const handle = guarded(async (e) => (e ? 1 : 2));',
    ['handle 2'],
  ],
  ['named as an argument', "bus.on('x', function onX(e) { return e ? 1 : 2; });", ['onX 2']],
  [
    'of routes',
    "router.post('/users/:id', check, async (q, s) => { if (q) s.end(); });",
    ['POST /users/:id 2'],
  ],
  [
    'of routes with several paths or a name',
    "app.delete(['/a', '/b'], (c) => c && 1); koa.get('user', '/users/:id', (c) => c || 1);",
    ['DELETE /a 2', 'GET /users/:id 2'],
  ],
  [
    'in the options of a route',
    "server.put('/o', { handler: async (q) => (q ? 1 : 2) });",
    ['PUT /o 2'],
  ],
  ['behind operators', 'const pick = given ?? ((a) => a || 1);', ['pick 2']],
  ['in a choice', 'const pick = fast ? (a) => a || 1 : (a) => a && 1;', ['pick 3']],
  ['bound to this', 'const pick = function (a) { return a || 1; }.bind(this);', ['pick 2']],
  ['as a default', 'const { pick = (a) => a || 1 } = options;', ['pick 2']],
  [
    'named beside the module',
    'const pick = module.exports = function (a) { return a || 1; };',
    ['pick 2'],
  ],
  ['that run when made', 'const done = new Promise((ok) => (a ? ok(1) : ok(2)));', []],
  [
    'that only run',
    'const timer = setTimeout(() => (a ? 1 : 2), 1); const all = list.map((a) => (a ? 1 : 2));',
    [],
  ],
];

describe('functions with a name given to them', () => {
  const { functionsOf } = useExtractor();

  for (const [what, text, functions] of CASES) {
    it(`are told ${what}`, async () => {
      assert.deepEqual(await functionsOf('a.ts', text), functions);
    });
  }

  it('are known by their file where they are all that it exports', async () => {
    const files: readonly (readonly [path: string, text: string, name: string])[] = [
      ['src/is-odd.js', 'module.exports = (a) => (a ? 1 : 2);', 'is-odd 2'],
      ['lib/padLeft/index.mjs', 'export default function (a) { return a ? 1 : 2; }', 'padLeft 2'],
      ['api/[id].get.ts', 'export default async (a: A) => (a ? 1 : 2);', 'id 2'],
      ['index.js', 'module.exports.default = (a) => (a ? 1 : 2);', 'index 2'],
      ['x.js', 'export default function own(a) { return a ? 1 : 2; }', 'own 2'],
    ];
    for (const [path, text, name] of files) {
      assert.deepEqual(await functionsOf(path, text), [name], path);
    }
  });

  it('are told in other languages', async () => {
    const files: readonly (readonly [path: string, text: string])[] = [
      ['a.py', 'pick = lambda a: 1 if a else 2\n'],
      ['a.rs', 'fn main() { let pick = |a: bool| { if a { 1 } else { 2 } }; }'],
      ['A.java', 'class A { F pick = (a) -> { return a ? 1 : 2; }; }'],
      ['a.cs', 'class A { F pick = (a) => { return a ? 1 : 2; }; }'],
      ['a.php', '<?php $pick = function ($a) { return $a ? 1 : 2; };'],
    ];
    for (const [path, text] of files) {
      assert.match((await functionsOf(path, text)).at(-1) ?? '', /pick 2$/, path);
    }
  });
});
