import assert from 'node:assert/strict';
import fc from 'fast-check';

import { bareTextOf } from '../../../../src/core/extraction/parsing/masking/bareText.ts';
import { maskText } from '../../../../src/core/extraction/parsing/masking/mask.ts';
import { LANGUAGES } from '../../../../src/core/model/code.ts';
import { useExtractor } from '../../../support/engine/extraction.ts';

/** Code its grammar cannot read as it stands, and the functions it holds with their complexity. */
const CASES: readonly {
  readonly what: string;
  readonly path: string;
  readonly text: string;
  readonly functions: readonly string[];
}[] = [
  {
    what: 'conversions of C++',
    path: 'a.cpp',
    text: 'struct Lamp {\n  explicit operator bool() const noexcept { return on_ && plugged_; }\n  template <typename T> operator T*() const { return on_ ? bulb_ : nullptr; }\n};\nLamp::operator int() { return watts_ ? watts_ : 1; }\n',
    functions: ['Lamp.operator bool 2', 'Lamp.operator T* 2', 'Lamp.operator int 2'],
  },
  {
    what: 'qualifiers that macros spell in C',
    path: 'a.c',
    text: 'int scan(struct pool *p, CONST char **end)\n{\n  CONST char *s = *end;\n  while ((s = *(CONST unsigned char *)s) && s[1]) s++;\n  return s ? 1 : 0;\n}\n',
    functions: ['scan 4'],
  },
  {
    what: 'statements of which one branch is the body of a head in C',
    path: 'a.c',
    text: 'void drop(struct box *b)\n{\n  if (b->big)\n#ifdef OWN_POOL\n    pool_free(b);\n#else\n    free(b);\n#endif\n  else {\n    b->next = list;\n    list = b;\n  }\n}\n',
    functions: ['drop 2'],
  },
  {
    what: 'braces of one block in two conditions of one name in C',
    path: 'a.c',
    text: 'int fit(int a)\n{\n#ifdef SLOW\n  if (a > 9) {\n#else\n  {\n    if (a > 5) {\n#endif\n      a = 1;\n    }\n#ifndef SLOW\n  }\n#endif\n  return a && b;\n}\nint next(int a) { return a ? 1 : 2; }\n',
    functions: ['fit 3', 'next 2'],
  },
  {
    what: 'names that a line of Kotlin begins with like a keyword',
    path: 'a.kt',
    text: 'class Bits {\n  private var set = 0\n\n  fun mark(id: Int) {\n    val bit = 1 shl id\n    set = set or bit\n    if (id > 3) warn()\n  }\n\n  fun drain(gate: Gate) {\n    gate.shut()\n    in1.close()\n    in2.close()\n    if (!open && later) again()\n  }\n}\n\nenum class Size {\n  SMALL {\n    override fun area() = if (thin) 1 else 2\n  }, ;\n\n  abstract fun area(): Int\n}\n',
    functions: ['Bits.mark 2', 'Bits.drain 3', 'Size.area 2'],
  },
  {
    what: 'classes of Kotlin that end on the line of their last member',
    path: 'a.kt',
    text: 'class Box { fun area(w: Int, h: Int): Int { if (w < 0 || h < 0) return 0\n    return w * h } }\nclass One { fun get() = if (a) 1 else 2 }\nval none = list.map { _ -> }\n',
    functions: ['Box.area 3', 'One.get 2'],
  },
  {
    what: 'one statement that no grammar of Kotlin reads',
    path: 'a.kt',
    text: 'class Post {\n  fun send(a: Int): Int {\n    if (a > 1) return 1\n    val (first, second) <~ split(a) whenever a > 2 && b\n    return 2\n  }\n\n  fun next(a: Int): Int {\n    return if (a > 0) 1 else 2\n  }\n}\n',
    functions: ['Post.send 3', 'Post.next 2'],
  },
  {
    what: 'one statement that no grammar of C# reads',
    path: 'a.cs',
    text: 'class Post\n{\n    int Send(int a)\n    {\n        if (a > 1) return 1;\n        var b = a |> Twice |> (c => c !! 3);\n        return b ?? 2;\n    }\n    int Next(int a) { return a > 0 ? 1 : 2; }\n}\n',
    functions: ['Post.Send 3', 'Post.Next 2'],
  },
  {
    what: 'macros that take statements in C++',
    path: 'a.cpp',
    text: 'TEST(box_test, opens) {\n  using std::runtime_error;\n  EXPECT_THROWS(throw runtime_error(""), runtime_error, "");\n  EXPECT_FAILURE(EXPECT_THROWS(throw 1, runtime_error, ""), "x");\n  if (a && b) again();\n}\nint after(int a) { return a ? 1 : 2; }\n',
    functions: ['box_test.opens 3', 'after 2'],
  },
  {
    what: 'types as arguments in C',
    path: 'a.c',
    text: 'int sum(int n, ...)\n{\n  va_list l;\n  while (n--) {\n    struct item *one = va_arg(l, struct item *);\n    if (one) add(one);\n  }\n  return 0;\n}\nvoid *get(void)\n{\n  return make(struct item, 3) ? 0 : container_of(p, struct list, head);\n}\n',
    functions: ['sum 3', 'get 2'],
  },
  {
    what: 'macros of attributes in C',
    path: 'a.c',
    text: 'static __must_check int __cold first(int a)\n{\n  if (a) return 1;\n  return 2;\n}\nLIB_EXPORT struct item *LIB_CALL second(BOOL a)\n{\n  return a ? 0 : 1;\n}\nBOOL WINAPI third(HANDLE a, LPVOID b UNUSED)\n{\n  return a && b;\n}\n',
    functions: ['first 2', 'second 2', 'third 2'],
  },
  {
    what: 'macros of attributes in C++',
    path: 'a.cpp',
    text: 'LIB_BEGIN_NAMESPACE\ntemplate <typename T, LIB_ENABLE_IF(is_big<T>())>\nLIB_CONSTEXPR20 auto grow(T a) LIB_NOEXCEPT -> T {\n  if LIB_CONSTEXPR17 (sizeof(T) > 4) return a;\n  return unsigned(a) < 3 ? a : T();\n}\nclass LIB_API Box final {\n public:\n  LIB_INLINE Box(int a) : a_(a) {}\n  LIB_NODISCARD bool full() const LIB_NOEXCEPT { return a_ || b_; }\n};\nLIB_END_NAMESPACE\n',
    functions: ['grow 3', 'Box.Box 1', 'Box.full 2'],
  },
  {
    what: 'directives between arguments and branches of one head in C',
    path: 'a.c',
    text: '#ifdef WIDE\nint put(long c)\n#else\nint put(int c)\n#endif\n{\n  send(c,\n#ifdef LOUD\n    1,\n#else\n    2,\n#endif\n    3);\n  return c ? 1 : 0;\n}\n#if A\nint one(void) { return a && b; }\n#else\nint two(void) { return a || b; }\n#endif\n',
    functions: ['put 2', 'one 2', 'two 2'],
  },
  {
    what: 'directives around heads and bodies in C#',
    path: 'a.cs',
    text: 'interface IBox\n{\n    void Put(int a)\n#if DEFAULTS\n    {\n        if (a > 1) Send(a);\n    }\n#else\n    ;\n#endif\n    int Get()\n    {\n#region all of it\n        return A ? 1 : 2;\n#endregion\n    }\n}\n',
    functions: ['IBox.Put 2', 'IBox.Get 2'],
  },
  {
    what: 'assignments behind a check for null in C#',
    path: 'a.cs',
    text: 'class A<T> where T : allows ref struct\n{\n    void Set(A a)\n    {\n        a?.Name = "x";\n        if (a.Big) Go();\n    }\n    int After() { return B ? 1 : 2; }\n}\n',
    functions: ['A.Set 2', 'A.After 2'],
  },
  {
    what: 'text with ampersands in JSX',
    path: 'a.jsx',
    text: 'const Rules = ({ on }) => {\n  if (!on && !all) return null;\n  return <p title="a&b=1&c">Fish & chips &amp; peas</p>;\n};\nfunction next(a) {\n  return a && b ? 1 : 2;\n}\n',
    functions: ['Rules 3', 'next 3'],
  },
  {
    what: 'ampersands in several texts and attributes of JSX',
    path: 'a.jsx',
    text: 'function Shop({ on }) {\n  if (!on) return <></>;\n  return <p x="a&b">Tom & Ann {on && <b>AT&T’s &amp; R&D</b>}</p>;\n}\nconst Half = ({ a }) => (a ? <i>50% & more</i> : null);\nconst mask = (a) => a & 1 || b;\n',
    functions: ['Shop 3', 'Half 2', 'mask 2'],
  },
  {
    what: 'text with ampersands in TSX',
    path: 'a.tsx',
    text: 'export function Rules({ on }: Props) {\n  if (!on) return null;\n  return <a href="/?a=1&b=2">Fish & chips</a>;\n}\nfunction next(a: number) {\n  return a ? 1 : 2;\n}\n',
    functions: ['Rules 2', 'next 2'],
  },
  {
    what: 'guards of branches in Kotlin',
    path: 'a.kt',
    text: 'fun pick(a: Any) = when (a) {\n  is Int if a > 1 && a < 9 -> 1\n  is Long -> 2\n  else if loud -> 3\n  else -> 4\n}\n\nfun next(a: Int): Int {\n  return if (a > 0) 1 else 2\n}\n',
    functions: ['pick 6', 'next 2'],
  },
  {
    what: 'names that are modifiers elsewhere in Kotlin',
    path: 'a.kt',
    text: 'class Gate {\n  fun suspend(a: Int) = if (a > 1) 1 else 2\n  fun use() {\n    gate?.apply { open(it) }\n    sealed("x")\n    if (a) infix(1)\n  }\n}\n\ncontext(log: Log)\nfun price(): String {\n  val rate = $$"a $5 b"\n  return rate ?: ""\n}\n',
    functions: ['Gate.suspend 2', 'Gate.use 2', 'price 2'],
  },
  {
    what: 'statements before a constructor calls another in Java',
    path: 'A.java',
    text: 'import module java.base;\nclass A extends B {\n  A(int a) {\n    if (a < 0) throw new E();\n    super(a);\n  }\n  int after() { return a ? 1 : 2; }\n}\n',
    functions: ['A.A 2', 'A.after 2'],
  },
  {
    what: 'defaults of type parameters in Python',
    path: 'a.py',
    text: 'def first[T = int, *Ts](a: T) -> T:\n    return a if a else None\n\ndef after(a):\n    return a or 1\n',
    functions: ['first 2', 'after 2'],
  },
  {
    what: 'promoted properties that few may set in PHP',
    path: 'a.php',
    text: '<?php\nclass A {\n  public function __construct(public private(set) string $a) { if ($a) go(); }\n  function after() { return $this->a ? 1 : 2; }\n}\n',
    functions: ['A.__construct 2', 'A.after 2'],
  },
  {
    what: 'types of C that a macro is given, with one brace closed for two heads',
    path: 'a.c',
    text: 'OVEN_API(int) bake(int heat) {\n#ifdef FAN\n  if (heat > 9) {\n#else\n  if (heat > 7 || fan) {\n#endif\n    return 1;\n  }\n  return 0;\n}\nint after(int a) { return a ? 1 : 2; }\n',
    functions: ['bake 2', 'after 2'],
  },
  {
    what: 'macros of C that are given the name of what they define',
    path: 'a.c',
    text: 'OVEN_DEFINE2(bake, int, heat, struct dough *, d) {\n  if (heat > 9) return 1;\n  return d ? 2 : 3;\n}\n\nstatic OVEN_FUNCTION(cool)\n{\n  if (hot && open) wait();\n}\n\nOV_METHOD(Tray, slide)\n{\n  if (stuck) push();\n}\nint after(int a) { return a ? 1 : 2; }\n',
    functions: ['bake 3', 'cool 3', 'Tray.slide 2', 'after 2'],
  },
  {
    what: 'macros of C++ that are given the name of what they define',
    path: 'a.cc',
    text: 'OVEN_METHOD(Bake) {\n  if (heat > 9) return;\n  run(heat);\n}\nint walk() {\n  each_HANDLER(a) { if (a) go(a); }\n  return 1;\n}\n',
    functions: ['Bake 2', 'walk 2'],
  },
  {
    what: 'members of C# for another type',
    path: 'A.cs',
    text: 'static class Jars {\n  extension(Jar jar) {\n    public int Room() => jar.Open ? 1 : 2;\n    public bool Full { get { if (jar.Lid) return true; return false; } }\n  }\n  extension<T>(Shelf<T> shelf) where T : Jar\n  {\n    public T Pick(T other) { return shelf.Empty ? other : shelf.First; }\n  }\n  static int After(int a) { return a > 1 ? 1 : 2; }\n}\n',
    functions: ['Jars.Room 2', 'Jars.Full 2', 'Jars.Pick 2', 'Jars.After 2'],
  },
  {
    what: 'members of C# for another type that read like functions in a constructor',
    path: 'B.cs',
    text: 'static class Lids {\n  extension(Lid lid) {\n    int Turns() { if (lid.Tight) return 3; return 1; }\n  }\n}\n',
    functions: ['Lids.Turns 2'],
  },
  {
    what: 'errors within a function of Ruby',
    path: 'a.rb',
    text: 'class A\n  def first(a)\n    go(a,, 1)\n    return 1 if a\n  end\n\n  def after(a)\n    a ? 1 : 2\n  end\nend\n',
    functions: ['A.first 2', 'A.after 2'],
  },
  {
    what: 'errors within a function of Python',
    path: 'a.py',
    text: 'def first(a):\n    go(a,, 1)\n    if a:\n        return 1\n\ndef after(a):\n    return a or 1\n',
    functions: ['first 2', 'after 2'],
  },
  {
    what: 'errors within a function of Rust',
    path: 'a.rs',
    text: 'fn first(a: u8) -> u8 { go(a,, 1); if a > 1 { 1 } else { 2 } }\nunsafe extern "C" { safe fn far(); }\nfn after(a: u8) -> bool { a > 1 && a < 9 }\n',
    functions: ['first 2', 'after 2'],
  },
  {
    what: 'errors within a function of Go',
    path: 'a.go',
    text: 'package a\nfunc first(a int) int {\n\tgo_(a,, 1)\n\tif a > 1 {\n\t\treturn 1\n\t}\n\treturn 2\n}\nfunc after(a bool) bool { return a || b }\n',
    functions: ['first 2', 'after 2'],
  },
];

describe('masking', () => {
  const { extract, functionsOf } = useExtractor();

  for (const { what, path, text, functions } of CASES) {
    it(`keeps functions beside ${what}`, async () => {
      assert.deepEqual(await functionsOf(path, text), functions);
    });
  }

  it('leaves out what has no end of its own', async () => {
    assert.deepEqual(
      await functionsOf('a.c', 'int f(int a)\n{\n  if (a) {\n    return 1;\n}\n'),
      [],
    );
  });

  it('shows code as it is written', async () => {
    const text =
      'LIB_API const char *name(int a)\n{\n#if WIDE /* it */\n  go("x", 1);\n#endif\n  return va_arg(l, char *) ? 0 : 1;\n}\n';
    const { fragments } = await extract('a.c', text);
    assert.deepEqual(
      fragments.map(({ code, signature, template }) => ({ code, signature, template })),
      [
        {
          code: text.trimEnd(),
          signature: 'const char *name(int a)',
          template:
            '$1 const char * $2(int $3) {\n  #if $4 $5($6, $7);\n  #$8 return $9($10, char *) ? $11: $7;\n}',
        },
      ],
    );
  });

  it('changes no length and no line, whatever the text', () => {
    const piece = fc.constantFrom(
      ...[
        '#if A\n',
        '#else\n',
        '#endif\n',
        'LIB_API ',
        'void f(',
        ') {\n',
        '}\n',
        '"',
        "'",
        '/*',
        '*/',
      ],
      ...[
        '`',
        '$',
        '"""',
        '😀',
        'va_arg(a, b)',
        ' if x ->',
        'is A',
        'fun suspend()',
        '\r\n',
        'open(a)',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece), fc.constantFrom(...LANGUAGES), (pieces, language) => {
        const text = pieces.join('');
        const bare = bareTextOf(text, language).text;
        const masked = maskText(text, language, [])?.text ?? text;
        for (const changed of [bare, masked]) {
          assert.equal(changed.length, text.length);
          assert.equal(changed.replace(/[^\r\n]/g, ''), text.replace(/[^\r\n]/g, ''));
        }
      }),
      { seed: 20_260_101, numRuns: 300 },
    );
  });
});
