/**
 * What `npm test` runs: build, checks and test suites, two at a time, each with its own log in
 * `.cache/test`. Goes on after a failure and ends with one line: `N passed, N failed`.
 *
 * The suites `host` and `ui` run in a real VS Code, which exists as npm packages for Linux x64; on
 * other machines `npm run test:electron` runs the first of them.
 *
 * `npm test -- library surfaces` runs only what is named.
 */
import { spawn } from 'node:child_process';
import {
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

const LOGS = '.cache/test';
const AT_ONCE = 2;
const TIMEOUT_MS = 20 * 60_000;
/** Only what hangs is slower, even on a busy machine. */
const TEST_TIMEOUT_MS = 120_000;
const TAIL_LINES = 80;

const build = { name: 'build', argv: ['esbuild.mjs'] };
/** The `.vsix` and the VS Code that some suites need. */
const prepare = { name: 'vscode', argv: ['--import', 'tsx', 'scripts/vscode/prepare.ts'] };
const PREPARED = ['host', 'ui', 'package'];
const IN_VSCODE = ['host', 'ui'];
const hasVscode = process.platform === 'linux' && process.arch === 'x64';
/** Counts like a suite: its output is that of the mocha inside VS Code. */
const host = {
  name: 'host',
  argv: ['--import', 'tsx', 'scripts/vscode/hostTests.ts'],
  counts: true,
};
const checks = [
  { name: 'lint', argv: ['node_modules/eslint/bin/eslint.js', '.'] },
  { name: 'types', argv: ['node_modules/typescript/bin/tsc', '-p', '.'] },
  { name: 'types-webview', argv: ['node_modules/typescript/bin/tsc', '-p', 'webview-ui'] },
  { name: 'types-ui', argv: ['node_modules/typescript/bin/tsc', '-p', 'test/ui'] },
  { name: 'formatting', argv: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'] },
];

const startedMs = performance.now();
const named = process.argv.slice(2);
const library = mkdtempSync(join(tmpdir(), 'pattern-foundry-test-'));
mkdirSync(LOGS, { recursive: true });

const results = [await run(build)];
const wanted = [...findSuites(), ...checks].filter(
  ({ name }) => named.length === 0 || named.includes(name),
);
const queue = wanted.filter(({ name }) => hasVscode || !IN_VSCODE.includes(name));
if (queue.some(({ name }) => PREPARED.includes(name))) results.push(await run(prepare));
for (const { name } of wanted.filter((job) => !queue.includes(job))) {
  console.log(
    `– ${name.padEnd(14)} needs Linux x64; \`npm run test:electron\` runs the tests of host`,
  );
}
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
      results.push(await run(job));
    }
  }),
);
rmSync(library, { recursive: true, force: true });

const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
console.log(`\n${seconds(performance.now() - startedMs)} in all, logs in ${LOGS}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/**
 * Each folder of `test/core`, each other folder of tests, and the tests beside them; those that take
 * longest come first.
 */
function findSuites() {
  return [
    suite('ui', 'test/ui/**/*.test.ts'),
    host,
    ...folders('test/core').map((name) => suite(name, `test/core/${name}/**/*.test.ts`)),
    ...folders('test')
      .filter((name) => !['core', 'fixtures', 'host', 'support', 'ui'].includes(name))
      .map((name) => suite(name, `test/${name}/**/*.test.ts`)),
    suite('core', 'test/core/*.test.ts'),
    suite('architecture', 'test/*.test.ts'),
  ];
}

function folders(parent) {
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .filter(({ name }) =>
      readdirSync(join(parent, name), { recursive: true }).some((path) =>
        path.endsWith('.test.ts'),
      ),
    )
    .map(({ name }) => name);
}

/** The settings of `.mocharc.json`, whose `spec` mocha would otherwise add to the one asked for. */
function suite(name, spec) {
  const { import: loader } = JSON.parse(readFileSync('.mocharc.json', 'utf8'));
  const settings = [`--import=${loader}`, '--timeout', String(TEST_TIMEOUT_MS)];
  const strict = ['--forbid-only', '--forbid-pending', '--no-color'];
  const mocha = ['node_modules/mocha/bin/mocha.js', '--no-config', ...settings, ...strict];
  return { name, argv: [...mocha, spec], counts: true };
}

async function run({ name, argv, counts = false }) {
  const startMs = performance.now();
  const { code, output } = await execute(name, argv);
  const tookMs = performance.now() - startMs;
  const passing = counts ? count(output, 'passing') : 1;
  const failing = counts ? count(output, 'failing') : 0;
  // A suite that could not start, or that ended badly after its last test, has failed too.
  const failed = code === 0 ? 0 : Math.max(1, failing);
  const passed = counts || failed === 0 ? passing : 0;
  const said = [
    ...(counts || failed === 0 ? [`${passed} passed`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  const mark = failed === 0 ? '✔' : '✖';
  console.log(
    `${mark} ${name.padEnd(14)} ${said.join(', ').padEnd(24)} ${seconds(tookMs).padStart(8)}`,
  );
  if (failed > 0) console.log(tail(output, name));
  return { passed, failed };
}

function execute(name, argv) {
  return new Promise((resolve) => {
    const log = createWriteStream(join(LOGS, `${name}.log`));
    const env = { ...process.env, PATTERN_FOUNDRY_LIBRARY: join(library, name) };
    const child = spawn(process.execPath, argv, { env, timeout: TIMEOUT_MS, stdio: 'pipe' });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => {
        output += text;
        log.write(text);
      });
    }
    child.stdin.end();
    child.on('close', (code, signal) => {
      if (signal !== null) output += `\nended by ${signal}\n`;
      log.end(() => resolve({ code, output }));
    });
  });
}

/** Mocha's own count: `  12 passing (3s)`. */
function count(output, word) {
  return Number(new RegExp(`^ {2}(\\d+) ${word}\\b`, 'm').exec(output)?.[1] ?? 0);
}

/** From where mocha explains what failed, else the end. */
function tail(output, name) {
  const failures = output.search(/^ {2}\d+ failing$/m);
  const lines = (failures === -1 ? output : output.slice(failures)).trimEnd().split('\n');
  const shown = failures === -1 ? lines.slice(-TAIL_LINES) : lines.slice(0, TAIL_LINES);
  const hidden = lines.length - shown.length;
  return [...shown, ...(hidden > 0 ? [`… ${hidden} more lines in ${LOGS}/${name}.log`] : [])]
    .map((line) => `  | ${line}`)
    .join('\n');
}

function seconds(durationMs) {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
