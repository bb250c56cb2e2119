import assert from 'node:assert/strict';

import { useExtractor } from '../../../support/engine/extraction.ts';

/** Each has three branches that count, one of them guarded, and a guarded default. */
const GUARDED: readonly (readonly [path: string, text: string])[] = [
  [
    'a.py',
    'def f(x, y):\n  match x:\n    case 1 if y:\n      return 1\n    case 2:\n      return 2\n    case _ if y > 3:\n      return 3\n    case _:\n      return 4\n',
  ],
  ['a.rs', 'fn f(x: u8, y: bool) -> u8 { match x { 1 if y => 1, 2 => 2, _ if !y => 3, _ => 4 } }'],
  [
    'a.cs',
    'class A { int f(object x, bool y) => x switch { 1 when y => 1, 2 => 2, _ when !y => 3, _ => 4 }; }',
  ],
  [
    'a.java',
    'class A { int f(Object x, boolean y) { return switch (x) { case Integer n when y -> 1; case Long l -> 2; case String s when s.isEmpty() -> 3; default -> 4; }; } }',
  ],
  [
    'a.rb',
    'def f(x, y)\n  case x\n  in Integer if y\n    1\n  in String\n    2\n  in Symbol unless y\n    3\n  else\n    4\n  end\nend\n',
  ],
];

describe('complexity', () => {
  const { functionsOf } = useExtractor();

  for (const [path, text] of GUARDED) {
    it(`counts each guard of a branch once in ${path}`, async () => {
      // A guarded branch of a type counts for the type as well; a guarded default does not.
      const expected = path === 'a.java' || path === 'a.rb' ? 6 : 5;
      assert.deepEqual(
        (await functionsOf(path, text)).map((one) => Number(one.split(' ')[1])),
        [expected],
      );
    });
  }
});

describe('functions of C and C++', () => {
  const { functionsOf } = useExtractor();

  it('are no loops and blocks that a macro begins', async () => {
    const text =
      'int walk(struct list *l) {\n  int n = 0;\n  Q_FOREACH(x, l) { if (x) n++; }\n  for_each_item(x, l) {\n    if (x) n--;\n  }\n  return n;\n}\n';
    assert.deepEqual(await functionsOf('a.c', text), ['walk 3']);
    assert.deepEqual(await functionsOf('a.cpp', text), ['walk 3']);
  });

  it('are no definitions by a macro in capitals', async () => {
    assert.deepEqual(
      await functionsOf('a.c', 'BEGIN(loop) { go(); }\nint main() { return 0; }\n'),
      ['main 1'],
    );
  });

  it('may stand in a class of a function', async () => {
    const text =
      'int f() {\n  struct Less {\n    bool operator()(int a) const { return a; }\n  };\n  return Less()(1);\n}\n';
    assert.deepEqual(await functionsOf('a.cpp', text), ['f 1', 'f.Less.operator() 1']);
  });
});
