import assert from 'node:assert/strict';
import { knownFix } from '../../../src/core/suggestions/edits/fixPlaces.ts';
import { proposalsOf } from '../../../src/core/suggestions/edits/proposeFix.ts';
import { useTokens } from '../../support/resolution/tokenFiles.ts';

describe('a fix made elsewhere', () => {
  const { tokens } = useTokens();

  /** What a fix, made between two versions, makes of a file. */
  async function made(path: string, versions: readonly [string, string], text: string) {
    const fix = knownFix(await tokens(path, versions[0]), await tokens(path, versions[1]));
    const file = await tokens(path, text);
    assert.ok(fix);
    return proposalsOf(fix, file, { from: 0, to: file.tokens.length }).map((one) => one.text);
  }

  it('keeps a word that it adds apart from what follows', async () => {
    const send = (name: string, call: string): string =>
      `async function ${name}(order) {\n  const reply = ${call};\n  return reply.items.length;\n}\n`;
    const texts = await made(
      'a.js',
      [send('first', 'sendOrder(order)'), send('first', 'await sendOrder(order)')],
      send('second', 'sendOrder(order)'),
    );
    assert.deepEqual(texts, [send('second', 'await sendOrder(order)')]);
  });

  it('adds a line as far in as those above it, where a bracket follows', async () => {
    const put = (name: string, rest: string): string =>
      `package shop\n\nfunc (s *Shop) ${name}(value string) {\n\tif value != "" {\n\t\ts.${name} = value\n${rest}\t}\n}\n`;
    const texts = await made(
      'a.go',
      [put('setName', ''), put('setName', '\t\ts.cache = nil\n')],
      put('setName', '').replaceAll('value', 'given'),
    );
    assert.deepEqual(texts, [put('setName', '\t\ts.cache = nil\n').replaceAll('value', 'given')]);
  });

  it('calls members as they are called, whatever a variable of that name is called there', async () => {
    const draw = (variable: string, isFixed: boolean): string =>
      [
        `function draw(box, ${variable}) {`,
        `  const area = measure(box, ${variable});`,
        ...(isFixed ? [`  if (box.size === ${variable}) return area;`] : []),
        '  repaint(box, area);',
        '  return notifyAll(box);',
        '}',
        '',
      ].join('\n');
    const texts = await made(
      'a.js',
      [draw('size', false), draw('size', true)],
      draw('width', false),
    );
    assert.deepEqual(texts, [draw('width', true)]);
  });

  it('looks no longer than a moment through a file of lines that are all alike', async () => {
    const line = (name: string): string => `  ${name} = read(${name}, limit);\n`;
    const versions = [`function f(a, limit) {\n${line('a')}}\n`] as const;
    const fixed = versions[0].replace('read(a, limit)', 'read(a, limit, a.size)');
    const fix = knownFix(await tokens('a.js', versions[0]), await tokens('a.js', fixed));
    assert.ok(fix);
    const file = await tokens('a.js', `function g(b, limit) {\n${line('b').repeat(1_000)}}\n`);
    const looked = file.tokens.length;
    let asked = 0;
    const counted = new Proxy(file.tokens, {
      get(target, key, receiver) {
        asked += 1;
        return Reflect.get(target, key, receiver) as unknown;
      },
    });
    proposalsOf(fix, { ...file, tokens: counted }, { from: 0, to: looked });
    assert.ok(asked < 60 * looked, `${asked} tokens were asked for`);
  });
});
