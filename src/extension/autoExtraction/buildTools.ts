/**
 * When a run of a tool is a build or a test: always, by an option, by its first operand and the one
 * behind it, or by any of its targets.
 */
export type ToolRule =
  | 'always'
  | { readonly first: RegExp; readonly then?: RegExp }
  | { readonly target: RegExp }
  | { readonly option: string };

/** Names of scripts and targets that build or test, such as `build:web` and `ci:test`. */
const SCRIPT = /^(?:[\w-]+:)?(?:build|compile|tests?|spec|unit|e2e)(?:$|[:_.-])/;
const TARGET = /^(?:all|build|tests?|check|compile|release|debug|verify)(?:$|[:_.-])/;

const RUN_SCRIPT = { first: /^(?:run|run-script)$/, then: SCRIPT };
const BAZEL = [{ first: /^(?:build|test|coverage)$/ }];
const GRADLE = [
  {
    target:
      /^(?:.*:)?(?:(?:build|test|check|assemble|compile|jar|bundle)(?:[A-Z]\w*)?|\w+(?:Test|Classes))$/,
  },
];
const MAVEN = [{ target: /^(?:.*:)?(?:compile|test|test-compile|package|verify|install)$/ }];

/** Without targets it builds; with others, such as `clean`, it may do anything. */
export const MAKE_TARGET = TARGET;

export const TOOLS: Readonly<Record<string, readonly ToolRule[]>> = {
  ant: ['always'],
  ava: ['always'],
  bazel: BAZEL,
  bazelisk: BAZEL,
  bun: [{ first: /^(?:test|build)$/ }, RUN_SCRIPT],
  cargo: [{ first: /^(?:b|build|t|test|c|check|nextest)$/ }],
  cmake: [{ option: '--build' }],
  composer: [{ first: /^test$/ }, RUN_SCRIPT],
  ctest: ['always'],
  cypress: [{ first: /^run$/ }],
  deno: [{ first: /^(?:test|check|compile)$/ }, { first: /^task$/, then: SCRIPT }],
  dotnet: [{ first: /^(?:build|test|msbuild|publish|pack)$/ }],
  esbuild: ['always'],
  go: [{ first: /^(?:build|test|install|vet)$/ }],
  gradle: GRADLE,
  gradlew: GRADLE,
  hatch: [{ first: /^(?:test|build)$/ }],
  jest: ['always'],
  just: [{ target: TARGET }],
  mix: [{ first: /^(?:test|compile)$/ }],
  mocha: ['always'],
  msbuild: ['always'],
  mvn: MAVEN,
  mvnw: MAVEN,
  next: [{ first: /^build$/ }],
  ng: [{ first: /^(?:build|test)$/ }],
  ninja: ['always'],
  nox: ['always'],
  node: [{ option: '--test' }],
  npm: [{ first: /^(?:test|t|tst)$/ }, RUN_SCRIPT],
  nx: [{ first: /^(?:build|test)$/ }, { first: /^run$/, then: /:(?:build|test)(?:$|:)/ }],
  pest: ['always'],
  phpunit: ['always'],
  playwright: [{ first: /^test$/ }],
  pnpm: [{ first: SCRIPT }, { first: /^t$/ }, RUN_SCRIPT],
  'py.test': ['always'],
  pytest: ['always'],
  rails: [{ first: /^test(?:$|:)/ }],
  rake: [{ target: /^(?:test|spec|build|default)(?:$|:)/ }],
  rollup: ['always'],
  rspec: ['always'],
  sbt: [{ target: /^(?:compile|test|package)/ }],
  swift: [{ first: /^(?:build|test)$/ }],
  tox: ['always'],
  tsc: ['always'],
  turbo: [{ first: SCRIPT }, RUN_SCRIPT],
  vite: [{ first: /^build$/ }],
  vitest: ['always'],
  'vue-tsc': ['always'],
  webpack: ['always'],
  xcodebuild: [{ target: /^(?:build|test|archive)$/ }],
  yarn: [{ first: SCRIPT }, { first: /^t$/ }, RUN_SCRIPT],
};

/** Modules that `python -m` runs. */
export const PYTHON_MODULE = /^(?:pytest|unittest|build|tox|nox|nose2)$/;

/** Said before a command without changing what it is. */
export const PREFIXES: ReadonlySet<string> = new Set(
  '& call command cross-env dotenv env nice nohup npx bunx sudo time xvfb-run'.split(' '),
);

/** Words after which a tool runs another command. */
export const RUNNERS: Readonly<Record<string, readonly string[]>> = {
  bun: ['x'],
  bundle: ['exec'],
  hatch: ['run'],
  npm: ['exec', 'x'],
  pipenv: ['run'],
  pnpm: ['exec', 'dlx'],
  poetry: ['run'],
  uv: ['run'],
  yarn: ['exec', 'dlx', 'run'],
};

/** Options of package runners and others that stand before a command and take a value. */
export const VALUE_OPTION = /^(?:-C|-F|--filter|--prefix|--cwd|--dir|--workspace|--manifest-path)$/;

/** Asking is not building, and what watches never ends well. */
export const ASKING = /^(?:-h|--help|--version|--watch(?:All)?|--dry-run|--init|--collect-only)$/;

/** What else is asking for one tool, and something different for others. */
export const ASKING_OF: Readonly<Record<string, RegExp>> = {
  gmake: /^-n$/,
  make: /^-n$/,
  mocha: /^-w$/,
  rollup: /^-w$/,
  tsc: /^-[wv]$/,
  vitest: /^(?:watch|dev)$/,
  webpack: /^(?:-w|watch|serve)$/,
};
