import type { Language } from '../../model/code.ts';

/** A framework, the modules it is imported from, and names it binds where the import names none. */
export interface FrameworkRule {
  readonly framework: string;
  readonly modules: RegExp;
  readonly names?: string;
  /** Only for tests. */
  readonly isForTests?: true;
  /** Used besides a framework: a tag, but never what code is known by. */
  readonly isLibrary?: true;
}

const ECMASCRIPT: readonly FrameworkRule[] = [
  { framework: 'next', modules: /^next(?:\/|$)/ },
  { framework: 'nestjs', modules: /^@nestjs\// },
  { framework: 'nuxt', modules: /^(?:nuxt|#app|#imports|@nuxt)(?:\/|$)/ },
  { framework: 'angular', modules: /^@angular\// },
  { framework: 'remix', modules: /^@remix-run\// },
  { framework: 'react-native', modules: /^react-native(?:\/|$)/ },
  {
    framework: 'react',
    modules: /^react(?:-dom|-router(?:-dom)?|-redux|-query)?(?:\/|$)|^@testing-library\/react/,
  },
  { framework: 'preact', modules: /^preact(?:\/|$)/ },
  { framework: 'solid', modules: /^solid-js(?:\/|$)/ },
  {
    framework: 'vue',
    modules: /^(?:vue|vue-router|vuex|pinia|vue-demi)$|^vue\/|^@vue\/(?!shared$|compiler-)/,
  },
  { framework: 'svelte', modules: /^svelte(?:\/|$)|^@sveltejs\// },
  { framework: 'fastify', modules: /^fastify(?:-plugin)?$|^@fastify\// },
  { framework: 'express', modules: /^express(?:-[\w-]+)?$/ },
  { framework: 'koa', modules: /^koa$|^@koa\// },
  { framework: 'hono', modules: /^hono(?:\/|$)/ },
  { framework: 'electron', modules: /^electron$/ },
  { framework: 'vscode', modules: /^vscode$/ },
  { framework: 'lit', modules: /^lit(?:\/|$)/ },
  { framework: 'vitest', modules: /^vitest$/, isForTests: true },
  { framework: 'jest', modules: /^@jest\/globals$/, isForTests: true },
  { framework: 'playwright', modules: /^@?playwright(?:\/test)?$/, isForTests: true },
  { framework: 'node:test', modules: /^(?:node:)?test$/, isForTests: true },
  { framework: 'mocha', modules: /^mocha$/, isForTests: true },
  { framework: 'tap', modules: /^(?:tap|tape)$/, isForTests: true },
  { framework: 'ava', modules: /^ava$/, isForTests: true },
  { framework: 'jasmine', modules: /^jasmine(?:-core)?$/, isForTests: true },
];

const JVM: readonly FrameworkRule[] = [
  {
    framework: 'spring',
    modules: /^org\.springframework\./,
    names:
      'RestController Controller Service Repository Component Configuration Bean Autowired Value RequestMapping GetMapping PostMapping PutMapping DeleteMapping PatchMapping PathVariable RequestParam RequestBody ModelAttribute ResponseEntity Transactional SpringBootApplication SpringBootTest MockMvc Model ModelAndView BindingResult',
  },
  { framework: 'quarkus', modules: /^io\.quarkus\./ },
  { framework: 'micronaut', modules: /^io\.micronaut\./ },
  { framework: 'ktor', modules: /^io\.ktor\./ },
  { framework: 'compose', modules: /^androidx\.compose\./, names: 'Composable' },
  { framework: 'android', modules: /^androidx?\./ },
  { framework: 'hibernate', modules: /^org\.hibernate\./ },
  {
    framework: 'junit',
    modules: /^(?:org\.junit|junit\.framework|kotlin\.test)\b/,
    isForTests: true,
  },
  { framework: 'testng', modules: /^org\.testng\b/, isForTests: true },
];

/** More telling ones first: the first one that a fragment uses is its framework. */
export const FRAMEWORK_RULES: Readonly<Record<Language, readonly FrameworkRule[]>> = {
  javascript: ECMASCRIPT,
  typescript: ECMASCRIPT,
  tsx: ECMASCRIPT,
  java: JVM,
  kotlin: JVM,
  c: [],
  cpp: [
    { framework: 'googletest', modules: /\bg(?:test|mock)\b/, isForTests: true },
    { framework: 'catch2', modules: /\bcatch(?:2|_)/i, isForTests: true },
  ],
  python: [
    { framework: 'fastapi', modules: /^fastapi\b/ },
    { framework: 'django', modules: /^(?:django|rest_framework)\b/ },
    { framework: 'flask', modules: /^flask(?:_\w+)?\b/ },
    { framework: 'starlette', modules: /^starlette\b/ },
    { framework: 'aiohttp', modules: /^aiohttp\b/ },
    { framework: 'tornado', modules: /^tornado\b/ },
    { framework: 'scrapy', modules: /^scrapy\b/ },
    { framework: 'celery', modules: /^celery\b/ },
    { framework: 'sqlalchemy', modules: /^sqlalchemy\b/ },
    { framework: 'pydantic', modules: /^pydantic\b/ },
    { framework: 'click', modules: /^click\b/ },
    { framework: 'pytorch', modules: /^torch\b/ },
    { framework: 'tensorflow', modules: /^tensorflow\b/ },
    { framework: 'pandas', modules: /^pandas\b/ },
    { framework: 'pytest', modules: /^pytest\b/, isForTests: true },
    { framework: 'unittest', modules: /^unittest\b/, isForTests: true },
  ],
  go: [
    { framework: 'gin', modules: /^github\.com\/gin-gonic\/gin$/ },
    { framework: 'echo', modules: /^github\.com\/labstack\/echo(?:\/v\d+)?$/ },
    { framework: 'fiber', modules: /^github\.com\/gofiber\/fiber(?:\/v\d+)?$/ },
    { framework: 'chi', modules: /^github\.com\/go-chi\/chi(?:\/v\d+)?$/ },
    { framework: 'gorm', modules: /^gorm\.io\/|^github\.com\/jinzhu\/gorm/ },
    { framework: 'cobra', modules: /^github\.com\/spf13\/cobra$/ },
    { framework: 'grpc', modules: /^google\.golang\.org\/grpc(?:\/|$)/ },
    { framework: 'testify', modules: /^github\.com\/stretchr\/testify\//, isForTests: true },
  ],
  rust: [
    { framework: 'axum', modules: /^axum(?:_\w+)?$/ },
    { framework: 'actix', modules: /^actix(?:_\w+)?$/ },
    { framework: 'rocket', modules: /^rocket$/ },
    { framework: 'warp', modules: /^warp$/ },
    { framework: 'tower', modules: /^tower(?:_\w+)?$/ },
    { framework: 'diesel', modules: /^diesel$/ },
    { framework: 'sqlx', modules: /^sqlx$/ },
    { framework: 'clap', modules: /^clap$/ },
    { framework: 'serde', modules: /^serde(?:_\w+)?$/, isLibrary: true },
    { framework: 'tokio', modules: /^tokio(?:_\w+)?$/ },
  ],
  csharp: [
    {
      framework: 'aspnet',
      modules: /^Microsoft\.AspNetCore\b|^System\.Web\.(?:Mvc|Http)\b/,
      names:
        'ControllerBase Controller ApiController HttpGet HttpPost HttpPut HttpDelete HttpPatch Route IActionResult ActionResult HttpContext IApplicationBuilder WebApplication RequestDelegate IHostBuilder IWebHostBuilder FromBody FromQuery FromRoute Authorize IMiddleware PageModel',
    },
    {
      framework: 'efcore',
      modules: /^Microsoft\.EntityFrameworkCore\b/,
      names: 'DbContext DbSet ModelBuilder DbContextOptions MigrationBuilder EntityTypeBuilder',
    },
    {
      framework: 'xunit',
      modules: /^Xunit\b/,
      names: 'Fact Theory InlineData MemberData',
      isForTests: true,
    },
    {
      framework: 'nunit',
      modules: /^NUnit\b/,
      names: 'Test TestCase SetUp TestFixture',
      isForTests: true,
    },
    {
      framework: 'mstest',
      modules: /^Microsoft\.VisualStudio\.TestTools\b/,
      names: 'TestMethod DataTestMethod TestClass',
      isForTests: true,
    },
  ],
  ruby: [
    { framework: 'sinatra', modules: /^sinatra(?:\/|$)/, names: 'Sinatra' },
    { framework: 'sidekiq', modules: /^sidekiq(?:\/|$)/, names: 'Sidekiq' },
    { framework: 'grape', modules: /^grape(?:\/|$)/, names: 'Grape' },
    { framework: 'minitest', modules: /^minitest(?:\/|$)/, names: 'Minitest', isForTests: true },
    {
      framework: 'rspec',
      modules: /^(?:rspec|spec_helper|rails_helper|.*\/spec_helper)$/,
      isForTests: true,
    },
  ],
  php: [
    { framework: 'laravel', modules: /^(?:Illuminate|Laravel)\\/ },
    { framework: 'symfony', modules: /^Symfony\\/ },
    { framework: 'doctrine', modules: /^Doctrine\\/ },
    { framework: 'slim', modules: /^Slim\\/ },
    { framework: 'yii', modules: /^yii\\/ },
    { framework: 'cakephp', modules: /^Cake\\/ },
    { framework: 'phpunit', modules: /^PHPUnit\\/, isForTests: true },
    { framework: 'pest', modules: /^Pest\\/, isForTests: true },
  ],
};

/** Names that need no import. */
export const GLOBAL_NAMES: Partial<Record<Language, Readonly<Record<string, readonly string[]>>>> =
  {
    ruby: {
      rails: [
        'ActiveRecord',
        'ApplicationRecord',
        'ActionController',
        'ApplicationController',
        'ActionMailer',
        'ApplicationMailer',
        'ActionCable',
        'ActionDispatch',
        'ActionView',
        'ActiveJob',
        'ApplicationJob',
        'ActiveModel',
        'ActiveStorage',
        'ActiveSupport',
        'Rails',
      ],
      sinatra: ['Sinatra'],
      minitest: ['Minitest'],
      sidekiq: ['Sidekiq'],
    },
  };
