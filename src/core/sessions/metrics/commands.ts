import type { CheckRun } from '../../model/sessions/session.ts';
import { readCounters } from './counters.ts';
import { plainOutput } from '../../platform/text/programOutput.ts';
import { withoutHeredocs } from '../../platform/shell/heredocs.ts';
import { placedParts, plainFolder } from '../../platform/shell/placedParts.ts';
import { splitCommand } from '../../platform/text/shellCommand.ts';
import type { ShellPart } from '../../platform/text/shellCommand.ts';
import { readHostedChecks } from './hostedChecks.ts';
import { gitCallOf, isOwn, noteRepositories } from './repositories.ts';
import type { Whereabouts } from './repositories.ts';

/** A program that checks code, by the words its command begins with. */
interface Runner {
  readonly kind: CheckRun['kind'];
  readonly name: string;
  readonly form: RegExp;
}

/** In this order: the first that matches names the run. */
const RUNNERS: readonly Runner[] = [
  test('go', /^go test\b/),
  test(
    'pytest',
    /^(?:(?:python[\d.]*|uv|poetry|pipenv|hatch|pdm)\s+(?:run\s+)?(?:-m\s+)?)?(?:py\.test|pytest)\b/,
  ),
  test('unittest', /^python[\d.]*\s+-m\s+unittest\b/),
  test('tox', /^(?:tox|nox)\b/),
  test('django', /^(?:python[\d.]*\s+)?(?:\.\/)?manage\.py\s+test\b/),
  test('cargo', /^cargo\s+(?:\+\S+\s+)?(?:test|nextest)\b/),
  test('vitest', /^(?:npx|pnpm|yarn|bunx|pnpm exec)?\s*vitest\b/),
  test('jest', /^(?:npx|pnpm|yarn|bunx|pnpm exec)?\s*jest\b/),
  test('mocha', /^(?:npx|pnpm|yarn|bunx|pnpm exec)?\s*(?:c8\s+|nyc\s+)?mocha\b/),
  test('playwright', /^(?:npx|pnpm|yarn)?\s*playwright test\b/),
  test('node', /^node\s+(?:\S+\s+){0,6}?--test\b/),
  test(
    'npm',
    /^(?:npm|pnpm|yarn|bun)\s+(?:run\s+|--\S+\s+){0,3}(?:t|tst|test(?::[\w:.-]+)?)(?=\s|$)/,
  ),
  test('deno', /^deno\s+test\b/),
  test('maven', /^(?:mvn|\.\/mvnw|mvnw)\b.{0,200}?\s(?:test|verify|surefire:test)\b/),
  test('gradle', /^(?:gradle|\.\/gradlew|gradlew)\b.{0,200}?\s(?:\S*:)?(?:test|check)\b/),
  test('dotnet', /^dotnet\s+test\b/),
  test('rspec', /^(?:bundle exec\s+|bin\/)?rspec\b/),
  test('minitest', /^(?:bundle exec\s+|bin\/)?(?:rake|rails)\s+test\b/),
  test('phpunit', /^(?:php\s+)?(?:\.?\/?vendor\/bin\/)?(?:phpunit|pest)\b/),
  test('php', /^(?:php\s+artisan|composer)\s+test\b/),
  test('ctest', /^ctest\b/),
  test('swift', /^swift\s+test\b/),
  test('xcode', /^xcodebuild\b.{0,200}?\stest\b/),
  test('flutter', /^(?:flutter|dart)\s+test\b/),
  test('elixir', /^mix\s+test\b/),
  test('bazel', /^bazel\s+test\b/),
  test('bats', /^bats\b/),
  test(
    'task',
    /^(?:make|mise\s+run|just|task|mise)\s+(?:\S+\s+)?(?:unit-?|integration-?)?tests?(?::[\w:.-]+)?(?=\s|$)/,
  ),
  test(
    'script',
    /^(?:python[\d.]*\s+|node\s+|(?:ba)?sh\s+)?(?:\.\/)?(?:[\w.-]+\/){0,6}run[_-]?tests?(?:\.(?:py|sh|js|rb|pl))?(?=\s|$)/,
  ),
  test(
    'script',
    /^(?:python[\d.]*\s+)?(?:\.\/)?(?:bin|scripts?|tools?|dev)\/(?:run[_-])?tests?(?:\.\w{1,3})?(?=\s|$)/,
  ),
  build('go', /^go (?:build|install|vet)\b/),
  build('cargo', /^cargo\s+(?:build|check)\b/),
  build('tsc', /^(?:npx|pnpm|yarn|pnpm exec)?\s*tsc\b/),
  build(
    'npm',
    /^(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?(?:build|compile|typecheck|check-types)(?::[\w:.-]+)?(?=\s|$)/,
  ),
  build('maven', /^(?:mvn|\.\/mvnw|mvnw)\b.{0,200}?\s(?:compile|package|install)\b/),
  build('gradle', /^(?:gradle|\.\/gradlew|gradlew)\b.{0,200}?\s(?:\S*:)?(?:build|assemble)\b/),
  build('dotnet', /^dotnet\s+build\b/),
  build('swift', /^swift\s+build\b/),
  build('xcode', /^xcodebuild\b/),
  build('cmake', /^cmake\s+--build\b/),
  build('docker', /^docker\s+(?:buildx\s+)?build\b/),
  lint('eslint', /^(?:npx|pnpm|yarn|pnpm exec)?\s*eslint\b/),
  lint('prettier', /^(?:npx|pnpm|yarn|pnpm exec)?\s*prettier\b/),
  lint('npm', /^(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?(?:lint|format|fmt)(?::[\w:.-]+)?(?=\s|$)/),
  lint('ruff', /^(?:uv run\s+|poetry run\s+)?ruff\b/),
  lint('mypy', /^(?:uv run\s+|poetry run\s+)?(?:mypy|pyright|flake8|pylint)\b/),
  lint('golangci-lint', /^golangci-lint\b/),
  lint('clippy', /^cargo\s+(?:clippy|fmt)\b/),
  test('make', /^make\s+(?:-\S+\s+)*check(?=\s|$)/),
  build(
    'task',
    /^(?:(?:mise\s+run|just|task|mise)\s+(?:check|ci|verify)|(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?(?:check|ci:\S+|verify))(?=\s|$)/,
  ),
  lint('task', /^(?:make|mise\s+run|just|task)\s+(?:lint|fmt|format)(?=\s|$)/),
  build('make', /^make(?:\s+(?:-j\s?\d*|build|all))*\s*$/),
  build('task', /^(?:make|mise\s+run|just|task)\s+build(?=\s|$)/),
];

/** Most commands run none of them, which this tells in one go. */
const ANY_RUNNER = new RegExp(RUNNERS.map(({ form }) => form.source).join('|'));

function test(name: string, form: RegExp): Runner {
  return { kind: 'test', name, form };
}

function build(name: string, form: RegExp): Runner {
  return { kind: 'build', name, form };
}

function lint(name: string, form: RegExp): Runner {
  return { kind: 'lint', name, form };
}

export interface Recognised {
  readonly check: Omit<CheckRun, 'at'> | undefined;
  /** What of the command made a commit, as it was typed; so for the others. */
  readonly commits: string | undefined;
  readonly pushes: string | undefined;
  readonly opensPullRequest: string | undefined;
  /** How the checks of a change went that a service ran; `undefined` where nothing is told of them. */
  readonly hostedChecks: 'passed' | 'failed' | undefined;
}

export interface CommandResult {
  readonly text: string;
  readonly exitCode?: number | undefined;
  /** Set where the tool says that it failed. */
  readonly error?: string | undefined;
}

const NOTHING_DONE = /nothing (?:added )?to commit|no changes added to commit/;

/** What a command of a shell was for, and how it went. */
export function recogniseCommand(
  command: string,
  result: CommandResult,
  where: Whereabouts = { project: undefined, start: '.', made: new Map() },
): Recognised {
  const parts = splitCommand(withoutHeredocs(command));
  const found = parts.flatMap((part) => {
    if (!ANY_RUNNER.test(part.text)) return [];
    const runner = RUNNERS.find(({ form }) => form.test(part.text));
    return runner === undefined ? [] : [{ runner, part }];
  });
  // A test says more than the build before it.
  const main = found.find(({ runner }) => runner.kind === 'test') ?? found[0];
  return {
    check: main && toCheck(main.runner, main.part, result),
    ...deliveryOf(command, result, where),
  };
}

type Delivery = Omit<Recognised, 'check'>;

const NO_DELIVERY: Delivery = {
  commits: undefined,
  pushes: undefined,
  opensPullRequest: undefined,
  hostedChecks: undefined,
};

function deliveryOf(command: string, result: CommandResult, where: Whereabouts): Delivery {
  // Most commands have nothing to do with it, and to follow where they run takes long.
  if (!/\b(?:git|gh|glab)\b/.test(command)) return NO_DELIVERY;
  const parts = placedParts(command, plainFolder(where.start));
  const calls = parts.flatMap((part) => {
    const call = gitCallOf(part);
    return call === undefined ? [] : [{ ...call, text: part.text }];
  });
  noteRepositories(calls, where);
  // A repository that begins with its commit was made for trying.
  const isDone = result.error === undefined && !calls.some(({ verb }) => verb === 'init');
  const git = (done: string): string | undefined => {
    const call = calls.find(
      ({ verb, words, folder }) =>
        verb === done && !words.includes('--dry-run') && isOwn(folder, where),
    );
    return isDone && call !== undefined ? wholePart(command, call.text) : undefined;
  };
  const commits = git('commit');
  const opens = parts.find(({ text }) => /^(?:gh pr|glab mr) (?:create|merge)\b/.test(text))?.text;
  return {
    commits: commits === undefined || NOTHING_DONE.test(result.text) ? undefined : commits,
    pushes: git('push'),
    opensPullRequest: isDone && opens !== undefined ? wholePart(command, opens) : undefined,
    hostedChecks: parts.some(({ text }) => ASKS_FOR_CHECKS.test(text))
      ? readHostedChecks(result.text)
      : undefined,
  };
}

const ASKS_FOR_CHECKS =
  /^(?:gh (?:pr (?:checks|view|status)|run (?:watch|view))|glab ci (?:status|view|get))\b/;

/** A program with the text that was handed to it, which its parts are told without. */
function wholePart(command: string, text: string): string {
  const head = text.split('<<', 1)[0] ?? text;
  if (head === text) return text;
  return splitCommand(command).find((part) => part.text.startsWith(head))?.text ?? text;
}

function toCheck(runner: Runner, part: ShellPart, result: CommandResult): Omit<CheckRun, 'at'> {
  const counters = runner.kind === 'test' ? readCounters(result.text) : undefined;
  return {
    kind: runner.kind,
    runner: counters?.runner ?? runner.name,
    command: part.text.slice(0, 300),
    isPassed: counters === undefined ? byExitCode(part, result) : isPassed(counters, result),
    passed: counters?.passed,
    failed: counters?.failed,
    skipped: counters?.skipped,
  };
}

/** `| tail` gives a run that failed the exit code 0, so counters speak first. */
function isPassed(counters: { failed: number | undefined }, result: CommandResult): boolean {
  if ((counters.failed ?? 0) > 0) return false;
  return result.exitCode === undefined ? result.error === undefined : result.exitCode === 0;
}

/** An exit code tells nothing of a program whose output went on to another one. */
function byExitCode(part: ShellPart, result: CommandResult): boolean | undefined {
  const hasFailed = result.error !== undefined || (result.exitCode ?? 0) !== 0;
  if (hasFailed) return false;
  return part.isExitHidden ? byWords(result.text) : true;
}

const BAD =
  /^(?:FAIL\b|FAILED\b|.{0,20}BUILD FAILED|BUILD FAILURE|error: |error\[|make: \*\*\*|npm ERR!|# .{1,200}\.test\]$)/;
const GOOD = /^(?:ok\s+\S|PASS$|.{0,20}BUILD SUCCESS|\s{0,4}Finished )/;

/** What a runner says of a whole part of the project, where its counters did not come along. */
function byWords(output: string): boolean | undefined {
  const lines = plainOutput(output);
  if (lines.some((line) => BAD.test(line))) return false;
  return lines.some((line) => GOOD.test(line)) ? true : undefined;
}
