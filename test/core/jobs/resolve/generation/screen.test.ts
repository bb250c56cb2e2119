import assert from 'node:assert/strict';
import { createScreen } from '../../../../../src/core/jobs/resolve/generation/screen.ts';
import { useTokens } from '../../../../support/resolution/tokenFiles.ts';

/** A file, what a fix would make of it, and whether a compiler or the first run lets that pass. */
type Case = readonly [file: string, before: string, after: string, passes: boolean];

const SWITCH = (cases: string): string =>
  `package shop\n\nfunc kind(name string) int {\n\tswitch name {\n${cases}\n\tdefault:\n\t\treturn 0\n\t}\n}\n`;
const GO = (body: string): string => `package shop\n\nfunc total(order Order) int {\n${body}\n}\n`;
const PY = (body: string): string =>
  `import os\n\n\ndef total(order):\n${body}\n    return order\n`;
const TS = (body: string): string => `import { round } from './round.ts';\n\n${body}\n`;

const CASES: readonly Case[] = [
  [
    'a.go',
    SWITCH('\tcase "a", "b":\n\t\treturn 1'),
    SWITCH('\tcase "a", "b":\n\t\treturn 1\n\tcase "c", "b":\n\t\treturn 2'),
    false,
  ],
  [
    'a.go',
    SWITCH('\tcase "a":\n\t\treturn 1'),
    SWITCH('\tcase "a":\n\t\treturn 1\n\tcase "b":\n\t\treturn 2'),
    true,
  ],
  [
    'a.go',
    GO('\tsum, err := add(order)\n\treturn sum'),
    GO('\tsum, err := add(order)\n\tsum, err := add(order)\n\treturn sum'),
    false,
  ],
  [
    'a.go',
    GO('\tsum, err := add(order)\n\treturn sum'),
    GO(
      '\tsum, err := add(order)\n\tif sum, err := add(order); err != nil {\n\t\treturn sum\n\t}\n\treturn sum',
    ),
    true,
  ],
  ['a.go', GO('\treturn 1'), GO('\treturn errors.Size(order)'), false],
  ['a.go', GO('\treturn 1'), GO('\tsize := len(order.lines)\n\treturn near(size)'), true],
  ['a.py', PY('    check(order)'), PY('    if order.ghost:\n        check(order)'), false],
  ['a.py', PY('    check(order)'), PY('    if order.lines is None:\n        check(order)'), true],
  ['a.py', PY('    check(order)'), PY('    check(lines)'), false],
  [
    'a.py',
    PY('    check(order)'),
    PY('    for line in order:\n        check(isinstance(line, str))'),
    true,
  ],
  ['a.py', PY('    check(order)'), PY('    check(order, ghost=os)'), false],
  ['a.py', PY('    check(order)'), PY('    check(order'), false],
  ['a.ts', TS('const a = round(1);'), TS('const a = round(1);\nconst a = round(1);'), false],
  ['a.ts', TS('const a = round(1);'), TS('const a = round(1);\nconst b = ghost(a);'), false],
  ['a.ts', TS('const a = [1];'), TS('const a = [1].map((one) => Math.max(one, 1));'), false],
  ['a.ts', TS('const a = [1].map(f);'), TS('const a = [1].map((one) => round(one));'), true],
  // A name is used whose declaration went.
  [
    'a.go',
    GO('\tname, err := find(order)\n\tif err != nil {\n\t\treturn 0\n\t}\n\treturn near(name)'),
    GO('\treturn near(name)'),
    false,
  ],
  [
    'a.go',
    'package shop\n\nvar name = 1\n\nfunc a() int {\n\tname := 2\n\treturn near(name)\n}\n',
    'package shop\n\nvar name = 1\n\nfunc a() int {\n\treturn near(name)\n}\n',
    true,
  ],
  ['a.py', PY('    size = len(order)\n    check(size)'), PY('    check(size)'), false],
  [
    'a.py',
    PY('    size = len(order)\n    check(size)'),
    PY('    for size in order:\n        check(size)'),
    true,
  ],
  [
    'a.ts',
    TS('function a(one) {\n  const size = round(one);\n  return f(one, size);\n}'),
    TS('function a(one) {\n  return f(one, size);\n}'),
    false,
  ],
  [
    'A.java',
    'class A {\n  int a(int one) {\n    int size = one + 1;\n    return f(size, one);\n  }\n}\n',
    'class A {\n  int a(int one) {\n    return f(size, one);\n  }\n}\n',
    false,
  ],
  [
    'A.java',
    'class A {\n  int size = 1;\n  int a(int one) {\n    int size = one + 1;\n    return f(size, one);\n  }\n}\n',
    'class A {\n  int size = 1;\n  int a(int one) {\n    return f(size, one);\n  }\n}\n',
    true,
  ],
  [
    'a.rs',
    'fn a(one: i32) -> i32 {\n    let size = one + 1;\n    f(size, one)\n}\n',
    'fn a(one: i32) -> i32 {\n    f(size, one)\n}\n',
    false,
  ],
  [
    'a.rb',
    'def a(one)\n  size = one + 1\n  f(size, one)\nend\n',
    'def a(one)\n  f(size, one)\nend\n',
    false,
  ],
  [
    'a.kt',
    'fun a(one: Int): Int {\n    val size = one + 1\n    return f(size, one)\n}\n',
    'fun a(one: Int): Int {\n    return f(size, one)\n}\n',
    false,
  ],
  [
    'a.php',
    '<?php\nfunction a($one) {\n    $size = $one + 1;\n    return f($size, $one);\n}\n',
    '<?php\nfunction a($one) {\n    return f($size, $one);\n}\n',
    false,
  ],
  [
    'a.c',
    'int a(int one) {\n  int size = one + 1;\n  return f(size, one);\n}\n',
    'int a(int one) {\n  return f(size, one);\n}\n',
    false,
  ],
  // A name that only another function has.
  [
    'a.go',
    'package shop\n\nfunc a(first int) int {\n\treturn first\n}\n\nfunc b(second int) int {\n\treturn second\n}\n',
    'package shop\n\nfunc a(first int) int {\n\treturn first + second\n}\n\nfunc b(second int) int {\n\treturn second\n}\n',
    false,
  ],
  // A parameter has lost its use.
  [
    'a.py',
    PY('    check(order)').replace('return order', 'return 1'),
    PY('    check(1)').replace('return order', 'return 1'),
    false,
  ],
  // A new variable has no use.
  [
    'a.go',
    GO('\treturn near(order)'),
    GO('\tsize, err := near(order)\n\tif err != nil {\n\t\treturn 0\n\t}\n\treturn near(order)'),
    false,
  ],
  [
    'a.go',
    GO('\treturn near(order)'),
    GO('\tsize, err := near(order)\n\tif err != nil {\n\t\treturn 0\n\t}\n\treturn size'),
    true,
  ],
  ['a.py', PY('    check(order)'), PY('    size = len(order)\n    check(order)'), false],
  ['a.py', PY('    check(order)'), PY('    size = len(order)\n    check(f"{size}")'), true],
  // The result is no more given, or only in some cases.
  ['a.go', GO('\treturn near(order)'), GO('\torder.size = near(order)'), false],
  [
    'a.go',
    GO('\treturn near(order)'),
    GO('\tif order.size == 0 {\n\t\treturn 0\n\t}\n\treturn near(order)'),
    true,
  ],
  [
    'a.py',
    PY('    check(order)'),
    PY('    check(order)\n    if order.lines:').replace('    return', '        return'),
    false,
  ],
  [
    'a.py',
    PY('    check(order)'),
    PY('    check(order)\n    with order.lines:').replace('    return', '        return'),
    true,
  ],
  // A value is overwritten at once.
  [
    'a.go',
    GO('\torder.size = near(1)\n\treturn 1'),
    GO('\torder.size = near(1)\n\torder.size = 0\n\treturn 1'),
    false,
  ],
  [
    'a.go',
    GO('\torder.size = near(1)\n\treturn 1'),
    GO('\torder.size = near(1)\n\torder.size = near(order.size)\n\treturn 1'),
    true,
  ],
  [
    'a.py',
    PY('    size = len(order)\n    check(size)'),
    PY('    size = len(order)\n    size = 0\n    check(size)'),
    false,
  ],
];

const BESIDE: readonly (readonly [path: string, text: string])[] = [
  ['near.go', 'package shop\n\nfunc near(size int) int {\n\treturn size\n}\n'],
  ['other.py', 'def lines_of(order):\n    return order.lines\n'],
];

describe('what a fix may bring along', () => {
  const { parser, tokens } = useTokens();

  for (const [path, before, after, passes] of CASES) {
    it(`is ${passes ? 'let pass' : 'refused'} in ${path}: ${after.split('\n').slice(3).join(' ')}`, async () => {
      const file = await tokens(path, before);
      const others = await Promise.all(BESIDE.map(([name, text]) => tokens(name, text)));
      const screen = createScreen(parser(), [file, ...others]);
      assert.equal(await screen.passes(file, after), passes);
    });
  }
});
