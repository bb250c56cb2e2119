import assert from 'node:assert/strict';

import { openExtractor, type OpenExtractor } from '../../../src/core/extraction/extractor.ts';
import type { Fragment } from '../../../src/core/model/code.ts';
import { ASSETS } from '../../support/assets.ts';

describe('what is said of a fragment', () => {
  let extractor: OpenExtractor;
  before(async () => {
    extractor = await openExtractor({ assetsDir: ASSETS });
  });
  after(() => {
    extractor.close();
  });

  const fragment = async (path: string, text: string, name: string): Promise<Fragment> => {
    const found = await extractor.extract({ path, text });
    const one = found?.fragments.findLast((candidate) => candidate.name === name);
    assert.ok(one !== undefined, found?.fragments.map((other) => other.name).join());
    return one;
  };

  const DESCRIPTIONS: readonly (readonly [
    path: string,
    text: string,
    name: string,
    said: string,
  ])[] = [
    ['Jar.cs', 'class Jar\n{\n    ~Jar() { if (open) Seal(); }\n}\n', 'Jar', 'Destroys Jar'],
    ['tool.py', '#!/usr/bin/env python3\ndef jar(x):\n    return x\n', 'jar', ''],
    ['a.kt', 'fun Jar.open(n: Int) {\n  if (n > 1) n\n}\n', 'open', ''],
    [
      'a.go',
      'package a\n\n// lift raises the lid of a jar\n// This is done twice.\nfunc lift(x int) int {\n\tif x > 1 {\n\t\treturn 2\n\t}\n\treturn x\n}\n',
      'lift',
      'lift raises the lid of a jar.',
    ],
    [
      'a.go',
      'package a\n\n// lift raises the lid of the\n// Code jar.\nfunc lift(x int) int {\n\tif x > 1 {\n\t\treturn 2\n\t}\n\treturn x\n}\n',
      'lift',
      'lift raises the lid of the Code jar.',
    ],
    [
      'a.py',
      'def lift(x):\n    # mostly copied from the jar of https://example.com/jar.py\n    # alterations are: no lid\n    return x\n\n\n# Originally adapted from lib/jar.py.\n# Raises the lid.\ndef raise_it(x):\n    return x\n',
      'raise_it',
      'Raises the lid.',
    ],
    [
      'copy.py',
      'def copy(x):\n    """Copied from the clipboard into the buffer."""\n    return x\n',
      'copy',
      'Copied from the clipboard into the buffer.',
    ],
    [
      'copy.py',
      'def copy(x):\n    """Adapted to the width of the screen."""\n    return x\n',
      'copy',
      'Adapted to the width of the screen.',
    ],
    [
      'copy.py',
      'def copy(x):\n    """The rows copied from the page, as typed."""\n    return x\n',
      'copy',
      'The rows copied from the page, as typed.',
    ],
    [
      'copy.py',
      'def copy(x):\n    """Based on https://example.com/crc, sums up a block."""\n    return x\n',
      'copy',
      'Based on https://example.com/crc, sums up a block.',
    ],
    [
      'copy.py',
      'def copy(x):\n    """Ported from lib/crc.py. Sums up a block."""\n    return x\n',
      'copy',
      'Sums up a block.',
    ],
    ['a.js', 'function $(x) {\n  return x ? 1 : 2;\n}\n', '$', 'Function $'],
    ['a.js', 'function _(x) {\n  return x ? 1 : 2;\n}\n', '_', 'Function _'],
    [
      'a.py',
      'def spread(x):\n    """.. versionadded:: 3.1\n       Use more."""\n    return x\n',
      'spread',
      '',
    ],
    ['a.py', 'def jar(x):\n    """\n    lid = lib.Jar("a")\n    """\n    return x\n', 'jar', ''],
    ['a.py', '#: what it holds\ndef jar(x):\n    return x\n', 'jar', 'What it holds'],
    [
      'a.js',
      '/** Gets the session. */\nfunction getSession() {\n  return 1;\n}\n',
      'getSession',
      '',
    ],
    [
      'a.js',
      '/** The current session. */\nfunction getSession() {\n  return 1;\n}\n',
      'getSession',
      'The current session.',
    ],
    [
      'Mix.java',
      'class Mix {\n  Object pick() {\n    return new Object() {\n      public String toString() { return "a"; }\n    };\n  }\n}\n',
      'toString',
      '',
    ],
    [
      'a.py',
      'def open_jar(x):\n    """We cheat. The lid is never closed again."""\n    return x\n',
      'open_jar',
      'The lid is never closed again.',
    ],
    [
      'a.py',
      'class Jar:\n    """Keeps *fruit* in `Sugar`\\ s."""\n\n    def __call__(self, x):\n        return x\n',
      '__call__',
      'Keeps fruit in Sugars.',
    ],
    ['a.py', 'class Jar:\n    def __init__(self, x):\n        self.x = x\n', '__init__', ''],
    [
      'a.go',
      'package a\n\n// dump prints the head,\n// if present, with (some of) its values.\nfunc dump() {}\n',
      'dump',
      'dump prints the head, if present, with (some of) its values.',
    ],
    [
      'a.go',
      'package a\n\n// seal closes the jar, which is asked for in issue\n// #12 of the cellar.\nfunc seal() {}\n',
      'seal',
      'seal closes the jar, which is asked for in issue #12 of the cellar.',
    ],
    [
      'a.js',
      '/** **Weighs** the jar. */\nfunction scale(x) {\n  return x ? 1 : 2;\n}\n',
      'scale',
      'Weighs the jar.',
    ],
    [
      'a.rs',
      '/// ```\n/// lift(2);\n/// ```\n/// Raises the lid.\nfn lift(x: i32) -> i32 {\n    x + 1\n}\n',
      'lift',
      'Raises the lid.',
    ],
    [
      'a.rs',
      '/// # Panics\n/// If the jar is gone.\nfn lift(x: i32) -> i32 {\n    x + 1\n}\n',
      'lift',
      '',
    ],
    [
      'a.py',
      'def lift(x):\n    """\n    .. deprecated:: 3.1\n       Use hoist.\n\n    Raises the lid.\n    """\n    return x\n',
      'lift',
      'Raises the lid.',
    ],
    [
      'a.py',
      'def lift(x):\n    """\n    Parameters\n    ----------\n    x : int\n        how far\n    """\n    return x\n',
      'lift',
      '',
    ],
    [
      'a.py',
      'def lift(x):\n    """lift(x, y=1) -> float\n\n    Raises the lid.\n    """\n    return x\n',
      'lift',
      'Raises the lid.',
    ],
    [
      'Jar.cs',
      'class Jar {\n  /// <returns>How many there are.</returns>\n  int Fill(int x) { return x; }\n}\n',
      'Fill',
      '',
    ],
    [
      'Jar.java',
      'class Jar {\n  /** {@return how much fits in} */\n  int room() { return size; }\n}\n',
      'room',
      'Returns how much fits in',
    ],
    [
      'a.c',
      '/**\n * lift() - raises the lid.\n * @x: how far\n */\nint lift(int x) {\n  return x ? 1 : 2;\n}\n',
      'lift',
      'Raises the lid.',
    ],
    [
      'a.c',
      '/* lift: raises the lid. */\nint lift(int x) {\n  return x ? 1 : 2;\n}\n',
      'lift',
      'Raises the lid.',
    ],
    [
      'a.c',
      '/// \\fn int lift(int)\n/// Raises the lid.\nint lift(int x) {\n  return x ? 1 : 2;\n}\n',
      'lift',
      'Raises the lid.',
    ],
    [
      'a.rb',
      '# call-seq:\n#   lift(x) -> int\n#\n# Raises the lid.\ndef lift(x)\n  x + 1\nend\n',
      'lift',
      'Raises the lid.',
    ],
    [
      'a.rb',
      '# Public: Raises the lid.\n#\n# x - how far\ndef lift(x)\n  x + 1\nend\n',
      'lift',
      'Raises the lid.',
    ],
    [
      'a.js',
      '/** Raises the lid, cf. Mason Vol. 3, ch. 2. Then waits. */\nfunction lift(x) {\n  return x ? 1 : 2;\n}\n',
      'lift',
      'Raises the lid, cf. Mason Vol. 3, ch. 2.',
    ],
    [
      'a.go',
      'package a\n\n// trustedURLs are trusted URLs.\nfunc trustedURLs() {}\n',
      'trustedURLs',
      '',
    ],
  ];
  for (const [path, text, name, said] of DESCRIPTIONS) {
    it(`describes ${name} of ${path} as ${JSON.stringify(said)}`, async () => {
      assert.equal((await fragment(path, text, name)).description, said);
    });
  }

  const SIGNATURES: readonly (readonly [
    path: string,
    text: string,
    name: string,
    shown: string,
  ])[] = [
    [
      'a.js',
      'const rows = {\n  [Symbol.iterator]() {\n    return 1;\n  },\n};\n',
      '[Symbol.iterator]',
      '[Symbol.iterator]()',
    ],
    [
      'a.js',
      'const onSave = useCallback(() => {\n  save();\n}, []);\n',
      'onSave',
      'const onSave = useCallback(() => …)',
    ],
    [
      'a.py',
      'class A:\n    @property\n    @typing.override\n    def size(self):\n        if self.a:\n            return 1\n        return 2\n',
      'size',
      '@property def size(self)',
    ],
    [
      'Sums.kt',
      'class Sums : StringSpec({\n    "adds" {\n        1 shouldBe 1\n    }\n})\n',
      'Sums',
      'class Sums : StringSpec()',
    ],
  ];
  for (const [path, text, name, shown] of SIGNATURES) {
    it(`shows ${name} of ${path} as ${shown}`, async () => {
      assert.equal((await fragment(path, text, name)).signature, shown);
    });
  }

  const TAGS: readonly (readonly [
    what: string,
    path: string,
    text: string,
    name: string,
    tags: string,
  ])[] = [
    [
      'a block that is called',
      'a.rb',
      'class Rows\n  def visit\n    @rows.each { |row| yield row }\n  end\nend\n',
      'visit',
      '',
    ],
    [
      'a value of a switch',
      'A.java',
      'class A {\n  String pick(int n) {\n    return switch (n) {\n      case 1: yield "a";\n      default: yield "b";\n    };\n  }\n}\n',
      'pick',
      '',
    ],
    [
      'a generator',
      'a.py',
      'def walk(rows):\n    for row in rows:\n        yield row\n',
      'walk',
      'generator',
    ],
    [
      'an overload that delegates',
      'A.java',
      'class A {\n  int put(int n) {\n    return n;\n  }\n\n  int put(String s) {\n    return put(s.length());\n  }\n}\n',
      'put',
      '',
    ],
    [
      'a function that calls itself',
      'A.java',
      'class A {\n  int sum(int n) {\n    return n == 0 ? 0 : n + sum(n - 1);\n  }\n}\n',
      'sum',
      'recursive',
    ],
    [
      'threads of a discussion',
      'a.rb',
      'class User\n  def user_threads\n    @threads\n  end\nend\n',
      'user_threads',
      '',
    ],
    [
      'elements of nobody knows which library',
      'a.jsx',
      'export function Row() {\n  return <li>1</li>;\n}\n',
      'Row',
      '',
    ],
    [
      'elements of an imported library',
      'a.jsx',
      "import React from 'react';\nexport function Row() {\n  return <li>1</li>;\n}\n",
      'Row',
      'react',
    ],
    [
      'elements of a library named above',
      'a.jsx',
      '/** @jsxImportSource preact */\nexport function Row() {\n  return <li>1</li>;\n}\n',
      'Row',
      'preact',
    ],
  ];
  for (const [what, path, text, name, tags] of TAGS) {
    it(`tags ${what}: ${tags === '' ? 'nothing' : tags}`, async () => {
      assert.equal((await fragment(path, text, name)).tags.join(), tags);
    });
  }
});
