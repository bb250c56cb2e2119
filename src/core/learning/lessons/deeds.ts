import type { CreditedDeed } from '../../model/experience/recorded.ts';
import type { Contribution } from '../../model/learning.ts';
import type { CheckRun, Session } from '../../model/sessions/session.ts';
import { groupBy } from '../../platform/groupBy.ts';
import { splitCommand } from '../../platform/text/shellCommand.ts';
import { actionsOf, withoutFolder, type Action } from '../actions/actions.ts';
import { errorLineOf } from '../actions/errorLine.ts';
import { fileChanges, passingFiles } from '../actions/fileChanges.ts';
import { changesOf } from '../../platform/shell/fileChanges.ts';
import { withoutHeredocs } from '../../platform/shell/heredocs.ts';
import { commandHead, isTrivial } from '../actions/programs.ts';
import { fileDeed, wordsFor, type DeedKind, type DeedResult } from './deedWords.ts';

const MOST_DEEDS = 40;
const LONGEST = 160;

/** Something that was done in one step or in several in a row. */
interface Deed {
  readonly steps: readonly number[];
  readonly kind: DeedKind;
  readonly objects: readonly string[];
  readonly result: DeedResult | undefined;
}

/**
 * What was done in a session, in order and in words, with the share each deed has in the outcome:
 * changes that went well, and the runs that tell whether they work. A step that got a share without
 * either is told by what it said.
 */
export function deedsOf(
  session: Session,
  contributions: readonly Contribution[],
): readonly CreditedDeed[] {
  const left = new Map(contributions.filter(([, share]) => share > 0));
  const take = (step: number): number => {
    const share = left.get(step) ?? 0;
    left.delete(step);
    return share;
  };
  const deeds = joinRows(toDeeds(session)).map(({ steps, kind, objects, result }) => ({
    step: steps[0] ?? 0,
    share: steps.reduce((sum, step) => sum + take(step), 0),
    what: wordsFor(kind, objects, result),
  }));
  const said = [...left]
    .map(([step, share]) => ({ step, share, what: saidAt(session, step) }))
    .filter(({ what }) => what !== '');
  const all = [...deeds, ...said];
  // Of too many, those that made the outcome and the first of the others are kept.
  const kept = new Set(
    [...all].sort((a, b) => b.share - a.share || a.step - b.step).slice(0, MOST_DEEDS),
  );
  return all.filter((deed) => kept.has(deed)).sort((a, b) => a.step - b.step);
}

/** What was done in each step, or else said; empty where neither tells anything. */
export function stepWords(session: Session): (step: number) => string {
  const byStep = groupBy(toDeeds(session), ({ steps }) => steps[0]);
  return (step) => {
    const done = joinRows(byStep.get(step) ?? []).map(({ kind, objects, result }) =>
      wordsFor(kind, objects, result),
    );
    return done.length === 0 ? saidAt(session, step) : [...new Set(done)].join('; ');
  };
}

function saidAt({ steps, folder }: Session, step: number): string {
  const { text = '', toolCalls = [] } = steps[step] ?? {};
  const said = firstLine(withoutFolder(text, folder)).replace(/^THOUGHT: /, '');
  const [command = ''] = toolCalls.flatMap((call) => call.command ?? []);
  return said === '' ? firstLine(withoutFolder(withoutHeredocs(command), folder)) : said;
}

/** What each action did, by its files and programs. */
function toDeeds(session: Session): readonly Deed[] {
  const actions = actionsOf(session);
  const isPassing = passingFiles(actions);
  const scripts = new Set(
    actions.flatMap(fileChanges).flatMap(({ path, how }) => {
      return how === 'made' && (isPassing(path) || IS_SCRIPT.test(path)) ? [path] : [];
    }),
  );
  const takeCheck = inTurn(session.checks);
  return actions.flatMap((action) => {
    if (action.isConsequence) return [];
    const isWell = errorLineOf(action) === undefined;
    const changes = isWell ? changesBy(action, (path) => scripts.has(path) || isPassing(path)) : [];
    return [...changes, ...runsBy(action, takeCheck, scripts)];
  });
}

/** Finds for each command that is asked for, in order, the check that it was. */
function inTurn(checks: readonly CheckRun[]): (command: string) => CheckRun | undefined {
  const left = [...checks];
  return (text) => {
    const at = left.findIndex(({ command }) => command !== '' && text.startsWith(command));
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
}

/** Files by whose names alone they are told as made for trying. */
const IS_SCRIPT =
  /(?:^|\/)(?:repro|reproduce|reproduction|debug|scratch|tmp|temp|try|verify|demo|check)(?:[_.-][^/]{0,80})?\.\w{1,5}$/i;

function changesBy(action: Action, isScript: (path: string) => boolean): readonly Deed[] {
  return fileChanges(action).map(({ path, how }): Deed => {
    const kind =
      how === 'taken back'
        ? 'take back'
        : how === 'removed'
          ? isScript(path)
            ? 'tidy'
            : 'remove'
          : isScript(path)
            ? 'script'
            : fileDeed(path, how);
    return { steps: [action.step], kind, objects: [path], result: undefined };
  });
}

const INSTALLS =
  /^(?:python[\d.]* -m )?(?:pip\d?|npm|yarn|pnpm|bun|cargo|apt|apt-get|gem|bundle|composer|poetry|uv|conda|brew|go|dotnet|mix)(?: \S{1,20})? (?:install|ci|add|sync|restore|get|deps\.get)\b/;

function runsBy(
  action: Action,
  takeCheck: (command: string) => CheckRun | undefined,
  scripts: ReadonlySet<string>,
): readonly Deed[] {
  const isWell = errorLineOf(action) === undefined;
  const deed = (kind: DeedKind, object: string, result?: DeedResult): readonly Deed[] => [
    { steps: [action.step], kind, objects: object === '' ? [] : [object], result },
  ];
  return splitCommand(withoutHeredocs(action.command)).flatMap(({ text }) => {
    const check = takeCheck(text);
    if (check !== undefined) {
      const hasPassed = check.isPassed ?? isWell;
      return deed(CHECKS[check.kind], commandHead(text), hasPassed ? 'well' : 'badly');
    }
    const once = ONCE.find(([form]) => form.test(text));
    if (once !== undefined) return isWell ? deed(...once[1](text)) : [];
    const head = commandHead(text);
    if (isTrivial(text) || !IS_PROGRAM.test(head)) return [];
    if (IS_FILE_CHANGE.test(text) || changesOf(text).length > 0) return [];
    const isScript = head.split(' ').some((word) => scripts.has(word.replace(/^\.\//, '')));
    // That what was only tried ends well says little: it may print what is wrong.
    return deed(isScript ? 'run script' : 'program', head, isWell ? undefined : 'badly');
  });
}

/** What counts only where it went well. */
const ONCE: readonly (readonly [RegExp, (text: string) => readonly [DeedKind, string]])[] = [
  [/^git\b.{0,100}? commit\b/, () => ['commit', '']],
  [INSTALLS, (text) => ['install', text.slice(0, LONGEST)]],
];

/** What is told by the files it changes. */
const IS_FILE_CHANGE =
  /^(?:touch|rm|cp|mv|tee|patch|ln|git (?:checkout|restore|apply|stash|mv|rm)|apply_patch)\b/;

/** Not what only a shell understands, nor a program of which nothing is told. */
const IS_PROGRAM =
  /^(?!(?:for|do|done|if|then|else|fi|while|case|esac|function|git)$)[\w.@~-]*(?:\/[\w.@+-]+)*(?: |$)/;

const CHECKS = { test: 'tests', build: 'build', lint: 'style' } as const;

/** Deeds of one kind in a row are one; of runs of the same thing, the last result counts. */
function joinRows(deeds: readonly Deed[]): readonly Deed[] {
  const joined: Deed[] = [];
  for (const deed of deeds) {
    const last = joined.at(-1);
    if (last?.kind !== deed.kind || last.result !== deed.result) {
      joined.push(deed);
      continue;
    }
    const objects = [...new Set([...last.objects, ...deed.objects])];
    joined[joined.length - 1] = {
      ...last,
      steps: [...new Set([...last.steps, ...deed.steps])],
      objects,
    };
  }
  return joined;
}

/** The first line that says something. */
export function firstLine(text: string): string {
  const line = text.split('\n', 50).find((one) => /\w/.test(one)) ?? '';
  return line.replace(/\s+/g, ' ').trim().slice(0, LONGEST);
}

/** What the person asked for. */
export function taskOf({ title, steps }: Pick<Session, 'title' | 'steps'>): string {
  const asked = steps.find(({ source, text }) => source === 'user' && text !== '')?.text ?? '';
  // A session without a title of its own is called by the beginning of what was asked.
  const isOwn = title !== undefined && !asked.includes(title.replace(/…$/, ''));
  return (isOwn ? title : asked)
    .slice(0, 5_000)
    .replace(/<\/?[\w-]{1,40}>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 400);
}
