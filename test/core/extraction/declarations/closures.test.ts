import assert from 'node:assert/strict';

import { useExtractor } from '../../../support/extraction.ts';

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
