import assert from 'node:assert/strict';

import { useExtractor } from '../../../support/engine/extraction.ts';

/** Code in which a function without a name of its own is given one, and what is found in it. */
const CASES: readonly (readonly [
  path: string,
  what: string,
  text: string,
  functions: readonly string[],
])[] = [
  [
    'a.go',
    'a variable',
    'package a\nvar pick = func(a int) int { if a > 1 { return 1 }; return 2 }',
    ['pick 2'],
  ],
  [
    'a.go',
    'one of several variables',
    'package a\nvar a, pick = 1, func(b bool) bool { return b && c }',
    ['pick 2'],
  ],
  [
    'a.go',
    'a local',
    'package a\nfunc f() { pick := func(a bool) bool { return a || b }; pick(true) }',
    ['f 2', 'f.pick 2'],
  ],
  [
    'a.go',
    'a field that is set',
    'package a\nfunc f() { c.Run = func(a bool) bool { return a || b } }',
    ['f 2', 'f.c.Run 2'],
  ],
  [
    'a.go',
    'a field of a literal',
    'package a\nvar c = &Command{Use: "x", Run: func(a bool) bool { return a || b }}',
    ['Run 2'],
  ],
  [
    'a.go',
    'a key of a map',
    'package a\nvar m = map[string]F{"pick": func(a bool) bool { return a || b }}',
    ['pick 2'],
  ],
  [
    'a.go',
    'what runs it only',
    'package a\nfunc f() { err := retry(func() error { if a { return b }; return nil }); go func() {}(); use(err) }',
    ['f 2'],
  ],
  ['a.kt', 'a value', 'val pick = { a: Int -> if (a > 1) 1 else 2 }', ['pick 2']],
  [
    'a.kt',
    'a value, as fun',
    'class A {\n  val pick = fun(a: Int): Int { return if (a > 1) 1 else 2 }\n}',
    ['A.pick 2'],
  ],
  ['a.kt', 'a lazy value', 'val pick by lazy { if (a > 1) 1 else 2 }', ['pick 2']],
  [
    'a.kt',
    'a field that is set',
    'fun f() {\n  view.onClick = { a -> if (a) 1 else 2 }\n}',
    ['f 2', 'f.view.onClick 2'],
  ],
  ['a.kt', 'what runs it only', 'val size = items.map { if (it) 1 else 2 }', []],
  ['a.rb', 'a variable', 'pick = lambda { |a| a ? 1 : 2 }', ['pick 2']],
  ['a.rb', 'a constant', 'PICK = ->(a) { a ? 1 : 2 }', ['PICK 2']],
  [
    'a.rb',
    'a variable of an object',
    'def f\n  @pick = Proc.new { |a| a ? 1 : 2 }\nend',
    ['f 2', 'f.pick 2'],
  ],
  [
    'a.rb',
    'a key',
    'RULES = { pick: ->(a) { a ? 1 : 2 }, "drop" => proc { |a| a && 1 } }',
    ['pick 2', 'drop 2'],
  ],
  [
    'a.rb',
    'a method that is defined',
    'class A\n  define_method(:pick) { |a| a ? 1 : 2 }\nend',
    ['A.pick 2'],
  ],
  [
    'a.rb',
    'a method that is defined as a block',
    'define_method("pick=") do |a|\n  a ? 1 : 2\nend',
    ['pick= 2'],
  ],
  ['a.rb', 'a scope', 'class A\n  scope :recent, ->(a) { a ? 1 : 2 }\nend', ['A.recent 2']],
  ['a.rb', 'what runs it only', 'sizes = list.map { |a| a ? 1 : 2 }', []],
  [
    'a.cs',
    'a delegate',
    'class A { F Pick = delegate (int a) { return a > 1 ? 1 : 2; }; }',
    ['A.Pick 2'],
  ],
  [
    'a.cs',
    'a member of an initialiser',
    'class A { void M() { var o = new O { Run = a => a ? 1 : 2 }; } }',
    ['A.M 2', 'A.M.Run 2'],
  ],
  [
    'a.cs',
    'an event',
    'class A { void M() { button.Click += (s, e) => { if (e) Go(); }; } }',
    ['A.M 2', 'A.M.button.Click 2'],
  ],
  ['a.php', 'a member', '<?php\n$this->pick = function ($a) { return $a ? 1 : 2; };', ['pick 2']],
  ['a.php', 'a key', "<?php\nreturn ['pick' => fn($a) => $a ? 1 : 2];", ['pick 2']],
  ['a.py', 'a key', "RULES = {'pick': lambda a: 1 if a else 2}\n", ['pick 2']],
  [
    'a.rs',
    'a field',
    'fn f() { S { pick: Box::new(|a| if a { 1 } else { 2 }) } }',
    ['f 2', 'f.pick 2'],
  ],
  ['a.rs', 'a constant', 'const PICK: fn(bool) -> u8 = |a| if a { 1 } else { 2 };', ['PICK 2']],
  [
    'a.java',
    'a variable behind a cast',
    'class A { void m() { F pick = (F) a -> a ? 1 : 2; } }',
    ['A.m 2', 'A.m.pick 2'],
  ],
  ['a.cpp', 'a variable', 'auto pick = [](int a) { return a ? 1 : 2; };', ['pick 2']],
  [
    'a.cpp',
    'a member',
    'struct A { std::function<int(int)> pick = [](int a) { return a ? 1 : 2; }; };',
    ['A.pick 2'],
  ],
  [
    'a.cpp',
    'a member that is set',
    'void f() { this->pick = [&](int a) { return a ? 1 : 2; }; }',
    ['f 2', 'f.pick 2'],
  ],
  ['a.ts', 'a variable that has none', 'pick ??= (a) => (a ? 1 : 2);', ['pick 2']],
  [
    'a.kt',
    'a key, by to',
    'val all = mapOf("pick" to { a: Int -> if (a > 1) 1 else 2 })',
    ['pick 2'],
  ],
  [
    'a.kt',
    'a type with arguments',
    'val by = Comparator<Int> { a, b -> if (a > b) 1 else 2 }',
    ['by 2'],
  ],
  [
    'a.php',
    'a variable, a property and a key',
    "<?php\n$a = fn($x) => $x ? 1 : 2;\nself::$b = static fn($x) => $x ? 1 : 2;\n$all['c'] = fn($x) => $x ? 1 : 2;",
    ['a 2', 'b 2', 'all.c 2'],
  ],
  [
    'a.php',
    'a wrapper',
    '<?php $pick = Closure::fromCallable(function ($a) { return $a ? 1 : 2; });',
    ['pick 2'],
  ],
  [
    'a.php',
    'a route of several methods',
    "<?php Route::match(['get', 'post'], '/users', fn($a) => $a ? 1 : 2); $app->map(['PUT'], '/x', fn($a) => $a ?: 2);",
    ['GET|POST /users 2', 'PUT /x 2'],
  ],
  [
    'a.cs',
    'a key of a list of pairs, and an object made of it',
    'var all = new D { { "pick", x => x ? 1 : 2 } }; var late = new Lazy<int>(() => a ? 1 : 2);',
    ['pick 2', 'late 2'],
  ],
  [
    'a.cs',
    'a route of other methods',
    'app.MapMethods("/x", new[] { "PATCH" }, (int id) => id > 1 ? 1 : 2); app.Map("/all", (int id) => id > 1 ? 1 : 2);',
    ['PATCH /x 2', '/all 2'],
  ],
  ['A.java', 'a wrapper', 'class A { F pick = memoize(a -> a ? 1 : 2); }', ['A.pick 2']],
  [
    'a.py',
    'a wrapper with arguments',
    'pick = lru_cache(maxsize=9)(lambda a: 1 if a else 2)',
    ['pick 2'],
  ],
  [
    'a.cpp',
    'fields and their first values',
    'struct S {\n  F a{[](int x) { return x ? 1 : 2; }};\n  S() : b([](int x) { return x ? 1 : 2; }) {}\n};',
    ['S.a 2', 'S.S 2', 'S.S.b 2'],
  ],
  [
    'a.cpp',
    'a key of a map, and a route',
    'Map all = {{"pick", [](int x) { return x ? 1 : 2; }}};\nvoid f() { CROW_ROUTE(app, "/users/<int>")([](int x) { return x ? 1 : 2; }); }',
    ['pick 2', 'f 2', 'f./users/<int> 2'],
  ],
  [
    'a.rs',
    'a route of a resource',
    'fn f() { web::resource("/x").route(web::get().to(|q| async { if q { 1 } else { 2 } })); }',
    ['f 2', 'f.GET /x 2'],
  ],
];

const ACCESSORS: readonly (readonly [path: string, text: string, functions: readonly string[]])[] =
  [
    [
      'a.cs',
      'class A { int B { get { return x ? 1 : 2; } set { if (value) Go(); } } }',
      ['A.B 2', 'A.B 2'],
    ],
    ['a.cs', 'class A { public int B { get; private set { if (value) Go(); } } }', ['A.B 2']],
    [
      'a.cs',
      'class A { int B => x ? 1 : 2; int C(int a) => a > 1 ? 1 : 2; int D { get; set; } }',
      ['A.B 2', 'A.C 2'],
    ],
    ['a.cs', 'class A { int this[int i] { get { return i > 0 ? 1 : 2; } } }', ['A.this[] 2']],
    ['a.cs', 'class A { event E F { add { if (x) Go(); } remove { } } }', ['A.F 2', 'A.F 1']],
    ['a.kt', 'class A {\n  val b: Int\n    get() = if (x) 1 else 2\n}', ['A.b 2']],
    [
      'a.kt',
      'class A {\n  var b: Int = 0\n    get() { return if (x) 1 else 2 }\n    set(value) { if (value > 1) field = value }\n}',
      ['A.b 2', 'A.b 2'],
    ],
    ['a.kt', 'class A {\n  var b: Int = 0\n    private set\n}', []],
    [
      'a.php',
      '<?php\nclass A {\n  public string $b { get => $this->x ? 1 : 2; set(string $v) { if ($v) { go(); } } }\n}',
      ['A.b 2', 'A.b 2'],
    ],
    [
      'a.py',
      'class A:\n    @property\n    def b(self):\n        return 1 if self.x else 2\n\n    @b.setter\n    def b(self, value):\n        self.x = value or 1\n',
      ['A.b 2', 'A.b 2'],
    ],
    [
      'a.ts',
      'const o = { get a() { return x ? 1 : 2; }, set a(v) { if (v) go(); } };',
      ['a 2', 'a 2'],
    ],
    [
      'a.js',
      'class A { static get b() { return x ? 1 : 2; } #c = (a) => a && 1; }',
      ['A.b 2', 'A.#c 2'],
    ],
  ];

const ROUTES: readonly (readonly [path: string, text: string, functions: readonly string[]])[] = [
  [
    'a.go',
    'package a\nfunc f() { r.GET("/users/:id", auth, func(c *gin.Context) { if c.A { c.B() } }) }',
    ['f 2', 'f.GET /users/:id 2'],
  ],
  [
    'a.go',
    'package a\nfunc f() { r.Route("/v1", func(r chi.Router) { r.Post("/users", func(w W, q *R) { if a { b() } }) }) }',
    ['f 2', 'f.POST /users 2'],
  ],
  [
    'a.go',
    'package a\nfunc f() { http.HandleFunc("GET /users/{id}", func(w W, q *R) { if a { b() } }) }',
    ['f 2', 'f.GET /users/{id} 2'],
  ],
  [
    'a.go',
    'package a\nfunc f() { r.HandleFunc("/users", func(w W, q *R) { if a { b() } }).Methods("PUT") }',
    ['f 2', 'f.PUT /users 2'],
  ],
  [
    'a.go',
    'package a\nfunc f() { mux.Handle("/users", http.HandlerFunc(func(w W, q *R) { if a { b() } })) }',
    ['f 2', 'f./users 2'],
  ],
  [
    'a.go',
    'package a\nfunc f() { e.Add(http.MethodGet, "/users", func(c C) error { if a { b() }; return nil }) }',
    ['f 2', 'f.GET /users 2'],
  ],
  ['a.rb', "get '/users/:id' do |id|\n  id ? 1 : 2\nend", ['GET /users/:id 2']],
  ['a.rb', "class App < Sinatra::Base\n  post('/users') { a ? 1 : 2 }\nend", ['App.POST /users 2']],
  [
    'a.php',
    "<?php\nRoute::get('users/{id}', function ($id) { return $id ? 1 : 2; });",
    ['GET /users/{id} 2'],
  ],
  [
    'a.php',
    "<?php\nRoute::prefix('/v1')->middleware('auth')->post('/users', fn($a) => $a ? 1 : 2);",
    ['POST /users 2'],
  ],
  [
    'a.php',
    "<?php\n$app->delete('/users', function ($q, $s) { return $q ? 1 : 2; });",
    ['DELETE /users 2'],
  ],
  [
    'a.cs',
    'app.MapGet("/users/{id}", async (int id) => { return id > 1 ? 1 : 2; });',
    ['GET /users/{id} 2'],
  ],
  ['a.cs', 'app.MapGroup("/v1").MapPost("/users", (User u) => u.A ? 1 : 2);', ['POST /users 2']],
  [
    'a.kt',
    'fun f() {\n  routing {\n    get("/users/{id}") { if (a) call.respond(1) }\n  }\n}',
    ['f 2', 'f.GET /users/{id} 2'],
  ],
  [
    'a.kt',
    'fun f() {\n  route("/users") {\n    post { if (a) call.respond(1) }\n  }\n}',
    ['f 2', 'f.POST /users 2'],
  ],
  [
    'A.java',
    'class A { void m() { app.get("/users/{id}", ctx -> { if (ctx.a) go(); }); } }',
    ['A.m 2', 'A.m.GET /users/{id} 2'],
  ],
  [
    'a.rs',
    'fn f() { Router::new().route("/users", get(|| async { if a { 1 } else { 2 } })); }',
    ['f 2', 'f.GET /users 2'],
  ],
  [
    'a.cpp',
    'void f() { svr.Get("/users", [](const R& q, S& s) { if (q.a) s.b(); }); }',
    ['f 2', 'f.GET /users 2'],
  ],
  [
    'a.js',
    "router.route('/users').get(async (q, s) => { if (q) s.end(); }).post(auth, (q, s) => { if (q) s.end(); });",
    ['GET /users 2', 'POST /users 2'],
  ],
  ['a.js', "users.patch('/:id', wrap(async (q, s) => { if (q) s.end(); }));", ['PATCH /:id 2']],
  [
    'a.js',
    "app.get('/a', (q, s, n) => (q ? n() : 1), (q, s) => { if (q) s.end(); });",
    ['GET /a 3'],
  ],
  [
    'a.js',
    "server.route({ method: 'PUT', path: '/users', handler: async (q) => (q ? 1 : 2) });",
    ['PUT /users 2'],
  ],
  [
    'a.js',
    "app.get('/a', (c) => { if (c) go(); }).put('/b', (c) => { if (c) go(); });",
    ['GET /a 2', 'PUT /b 2'],
  ],
  [
    'a.js',
    "$.get('/users', function (data) { if (data) go(); }); axios.get('/a', () => (a ? 1 : 2));",
    [],
  ],
];

describe('functions known by what they are bound to', () => {
  const { functionsOf } = useExtractor();

  for (const [path, what, text, functions] of CASES) {
    it(`are told in ${path.slice(2)} by ${what}`, async () => {
      assert.deepEqual(await functionsOf(path, text), functions);
    });
  }

  for (const [path, text, functions] of ACCESSORS) {
    it(`are accessors: ${text.slice(0, 60)} (${path.slice(2)})`, async () => {
      assert.deepEqual(await functionsOf(path, text), functions);
    });
  }

  for (const [path, text, functions] of ROUTES) {
    it(`are handlers of routes: ${functions.at(-1) ?? 'none'} (${path.slice(2)})`, async () => {
      assert.deepEqual(await functionsOf(path, text), functions);
    });
  }
});
