import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join, posix, relative, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(import.meta.dirname, '..');

/** Folders of `src/core` that do one part of the work each and know nothing of one another. */
const STAGES = [
  'adapters',
  'chat',
  'exchange',
  'extraction',
  'library',
  'outcomes',
  'packs',
  'prompts',
  'resolution',
  'retrieval',
  'secrets',
  'sessions',
  'sources',
  'suggestions',
  'learning',
  'team',
  'trials',
];

/**
 * Where files may import from, besides their own part. A part is a folder or a file of `src`, or
 * the browser code beside it.
 */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  'core/model': [],
  'core/platform': ['core/model'],
  ...Object.fromEntries(STAGES.map((stage) => [`core/${stage}`, ['core/model', 'core/platform']])),
  // The runs themselves: wiring, like the engine's, but one job a file.
  'core/jobs': ['core/model', 'core/platform', ...STAGES.map((stage) => `core/${stage}`)],
  'core/libraryPlace.ts': ['core/platform'],
  // The only place that names concrete parts, and their types.
  ...Object.fromEntries(
    ['core/engine/open.ts', 'core/engine/parts.ts'].map((file) => [
      file,
      [
        'core/model',
        'core/platform',
        'core/jobs',
        'core/engine',
        'core/engine/parts.ts',
        'core/libraryPlace.ts',
        ...STAGES.map((stage) => `core/${stage}`),
      ],
    ]),
  ),
  // One area a file.
  'core/engine': ['core/model', 'core/jobs', 'core/engine/parts.ts'],
  protocol: ['core/model', 'core/platform'],
  mcp: ['core/model', 'core/platform'],
  // It shares stages with the engine, and holds none.
  server: [
    'core/model',
    'core/platform',
    'core/exchange',
    'core/secrets',
    'core/jobs',
    'core/retrieval',
  ],
  // What programs import; its types are the model's.
  api: ['core/model', 'core/engine/open.ts'],
  // What a person pipes in is text of any encoding.
  cli: [
    'core/model',
    'core/platform',
    'core/engine/open.ts',
    'core/libraryPlace.ts',
    'protocol',
    'mcp',
    'server',
  ],
  // What the extension asks of the engine crosses a process.
  engineProcess: ['core/model', 'core/platform', 'core/engine/open.ts', 'protocol', 'mcp'],
  extension: ['core/model', 'core/platform', 'protocol'],
  'webview-ui': ['core/model', 'protocol'],
};

/** The files or folders through which an outside technology comes in; types count too. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  '@electric-sql/pglite': ['server/database/embeddedThread.ts'],
  '@electric-sql/pglite-pgvector': ['server/database/embeddedThread.ts'],
  '@fastify/rate-limit': ['server/app.ts'],
  '@fastify/swagger': ['server/app.ts'],
  '@fastify/swagger-ui': ['server/app.ts'],
  '@npmcli/config': ['core/packs/npmSettings.ts'],
  '@secretlint/secretlint-rule-preset-recommend': ['core/secrets/secretlint.ts'],
  '@scure/bip39': ['core/secrets/mnemonics.ts'],
  '@vscode-elements/elements': ['webview-ui/'],
  '@vscode/l10n': ['webview-ui/'],
  '@xenova/transformers': ['core/retrieval/embedder/model.ts'],
  '@modelcontextprotocol/sdk': ['mcp/'],
  '@pydantic/genai-prices': ['core/sessions/metrics/listedPrices.ts'],
  commander: ['cli/program.ts'],
  'cross-spawn': ['core/platform/boundedProcess.ts'],
  diff: [
    'cli/text/lineDiff.ts',
    'core/platform/text/patch.ts',
    'core/suggestions/edits/replacements.ts',
  ],
  'env-paths': ['core/libraryPlace.ts'],
  'fastest-levenshtein': ['core/platform/text/editDistance.ts'],
  fastify: ['server/'],
  fflate: ['core/sessions/reading/bytes.ts'],
  fzstd: ['core/sessions/reading/bytes.ts'],
  'get-east-asian-width': ['cli/text/width.ts'],
  'highlight.js': ['cli/text/highlight.ts'],
  'iconv-lite': ['core/platform/text/'],
  'gpt-tokenizer': ['core/prompts/tokens.ts'],
  jschardet: ['core/platform/text/detectEncoding.ts'],
  'jsonc-parser': ['cli/clients/withServer.ts'],
  jsonrepair: ['core/sessions/reading/document.ts'],
  libnpmsearch: ['core/packs/registry.ts'],
  lit: ['webview-ui/'],
  minimatch: ['core/sources/files/globs.ts'],
  // Git, the tests of a project, and the processes of our own: the one that embeds and the one
  // that holds the engine.
  'node:child_process': [
    'core/sources/git/process.ts',
    'core/platform/boundedProcess.ts',
    'core/platform/childProcess.ts',
  ],
  'onnxruntime-common': ['core/retrieval/embedder/runtime.ts'],
  'onnxruntime-node': ['core/retrieval/embedder/runtime.ts'],
  'onnxruntime-web': ['core/retrieval/embedder/runtime.ts'],
  openai: ['core/chat/openAiModel.ts'],
  pacote: ['core/packs/registry.ts'],
  pg: ['server/database/postgres.ts'],
  picocolors: ['cli/text/style.ts'],
  re2js: ['core/platform/text/linearPattern.ts'],
  'smol-toml': ['cli/clients/withServer.ts'],
  'sql.js': ['core/platform/sqlite.ts'],
  stemmer: ['core/platform/text/words.ts'],
  tar: ['core/packs/source.ts'],
  vscode: ['extension/'],
  'web-tree-sitter': ['core/extraction/parsing/treeSitter.ts'],
  // What comes from outside is checked where it comes in.
  zod: [
    'extension/sessions/fromSessionPage.ts',
    'core/chat/askForShape.ts',
    'core/exchange/',
    'core/sources/config/configSchema.ts',
    'mcp/tools/',
    'extension/browser/fromBrowser.ts',
    'protocol/filterSchema.ts',
    'core/team/answers.ts',
    'core/packs/contents.ts',
    'webview-ui/savedState.ts',
  ],
  yaml: ['core/platform/text/yaml.ts'],
  uplot: ['webview-ui/session/chart.ts'],
};

const MOST_LINES = 400;
/** Files directly in one folder; more hide rooms in their names. */
const MOST_FILES = 20;
const FORBIDDEN_NAMES =
  /manager|helper|util|service|handler|(?:^|[a-z])(?:Data|Info)\b|^(?:data|info)\b/i;

interface Source {
  /** Relative to `src`, or to what holds both for `webview-ui`; with `/`. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const SOURCES = [
  ...readSources(join(ROOT, 'src'), ''),
  ...readSources(join(ROOT, 'webview-ui'), 'webview-ui/'),
];
const PATHS = new Set(SOURCES.map(({ path }) => path));

describe('the architecture', () => {
  for (const source of SOURCES) {
    it(`${source.path} keeps to arrows, doors, length and name`, () => {
      assert.deepEqual(faultsOf(source), []);
    });
  }

  it('has at most 20 files in each folder, of tests too', () => {
    assert.deepEqual(fullFolders(PATHS), []);
    assert.deepEqual(fullFolders(pathsOfTests()), []);
    const crowd = Array.from({ length: MOST_FILES + 1 }, (_, at) => `core/crowd/file${at}.ts`);
    assert.deepEqual(fullFolders(crowd), ['core/crowd holds 21 files']);
  });

  it('has no cycles', () => {
    assert.deepEqual(findCycles(), []);
  });

  it('has no arrow, stage or door without files', () => {
    const idle = [
      ...STAGES.filter((stage) => !SOURCES.some(({ path }) => partOf(path) === `core/${stage}`)),
      ...Object.entries(DOORS).flatMap(([name, doors]) =>
        doors
          .filter((door) => !SOURCES.some((at) => isIn(door, at) && packagesOf(at).includes(name)))
          .map((door) => `${door} does not import ${name}`),
      ),
    ];
    assert.deepEqual(idle, []);
  });

  it('finds what is wrong', () => {
    const wrong: Source = {
      path: 'core/retrieval/searchHelper.ts',
      text: '\n'.repeat(MOST_LINES + 1),
      imports: [
        '../library/view/view.ts',
        '../../cli/main.ts',
        'sql.js',
        'left-pad',
        'vscode',
        './no.ts',
      ],
    };
    assert.deepEqual(faultsOf(wrong), [
      'may not import core/library/view/view.ts',
      'may not import cli/main.ts',
      'may not import sql.js: its door is core/platform/sqlite.ts',
      'may not import left-pad: it has no door',
      'may not import vscode: its door is extension/',
      'imports core/retrieval/no.ts, which does not exist',
      'has 401 lines, more than 400',
      'has a name that says nothing: searchHelper.ts',
    ]);
    const browser: Source = {
      path: 'webview-ui/list/rows.ts',
      text: '',
      imports: [
        '../../src/protocol/browser.ts',
        '../../src/core/engine/open.ts',
        'node:fs',
        'vscode',
      ],
    };
    assert.deepEqual(faultsOf(browser), [
      'may not import core/engine/open.ts',
      'may not import node:fs: a browser has none',
      'may not import vscode: its door is extension/',
    ]);
  });
});

function fullFolders(paths: Iterable<string>): readonly string[] {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const folder = dirname(path);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > MOST_FILES)
    .map(([folder, count]) => `${folder} holds ${count} files`);
}

function faultsOf(source: Source): readonly string[] {
  const lines = source.text.split('\n').length - 1;
  return [
    ...source.imports.flatMap((name) => faultOf(source.path, name)),
    ...(lines > MOST_LINES ? [`has ${lines} lines, more than ${MOST_LINES}`] : []),
    ...(FORBIDDEN_NAMES.test(basename(source.path, '.ts'))
      ? [`has a name that says nothing: ${basename(source.path)}`]
      : []),
  ];
}

function faultOf(path: string, name: string): readonly string[] {
  if (!name.startsWith('.')) return faultOfPackage(path, name);
  const target = toPath(path, name);
  if (path.startsWith('webview-ui/') && target.endsWith('.css')) {
    return existsSync(join(ROOT, target)) ? [] : [`imports ${target}, which does not exist`];
  }
  // The version of the package.
  if (target === '../package.json') {
    return path === 'cli/bin.ts' ? [] : [`may not import ${target}`];
  }
  const part = partOf(path);
  const allowed = [part, ...(ARROWS[part] ?? [])];
  if (!allowed.includes(partOf(target))) return [`may not import ${target}`];
  return PATHS.has(target) ? [] : [`imports ${target}, which does not exist`];
}

function faultOfPackage(path: string, name: string): readonly string[] {
  const doors = DOORS[packageOf(name)];
  if (doors?.some((door) => isIn(door, { path })) === true) return [];
  if (doors !== undefined) return [`may not import ${name}: its door is ${doors.join(', ')}`];
  if (!name.startsWith('node:')) return [`may not import ${name}: it has no door`];
  return path.startsWith('webview-ui/') ? [`may not import ${name}: a browser has none`] : [];
}

function isIn(door: string, { path }: Pick<Source, 'path'>): boolean {
  return door.endsWith('/') ? path.startsWith(door) : path === door;
}

/** What a relative import names, as `Source.path` spells it. */
function toPath(importer: string, name: string): string {
  return posix.join(posix.dirname(importer), name).replace(/^src\//, '');
}

/** The entry of `ARROWS` a path belongs to; a path of none may import nothing but itself. */
function partOf(path: string): string {
  const known = Object.keys(ARROWS).find((part) => path === part || path.startsWith(`${part}/`));
  return known ?? path;
}

function packagesOf({ imports }: Source): readonly string[] {
  return imports.map(packageOf);
}

function packageOf(name: string): string {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Each cycle of imports, types included, as the path that closes it. */
function findCycles(): readonly string[] {
  const byPath = new Map(SOURCES.map((source) => [source.path, source]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
      return;
    }
    if (done.has(path)) return;
    for (const name of byPath.get(path)?.imports ?? []) {
      if (name.startsWith('.')) visit(toPath(path, name), [...trail, path]);
    }
    done.add(path);
  };
  for (const { path } of SOURCES) visit(path, []);
  return cycles;
}

/** What stands for a project of somebody else is laid out like one. */
function pathsOfTests(): readonly string[] {
  return readdirSync(join(ROOT, 'test'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => !path.startsWith('test/fixtures/'));
}

function readSources(folder: string, prefix: string): readonly Source[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const text = readFileSync(file, 'utf8');
      const path = prefix + file.slice(folder.length + 1).replaceAll('\\', '/');
      const imports = ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName);
      return { path, text, imports };
    })
    .sort((a, b) => (dirname(a.path) + a.path < dirname(b.path) + b.path ? -1 : 1));
}
