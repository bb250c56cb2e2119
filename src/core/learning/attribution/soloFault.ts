import { localized } from '../../model/localizedText.ts';
import type { LocalizedText } from '../../model/localizedText.ts';
import type { FoundFault } from '../../model/learning.ts';
import type { Session } from '../../model/sessions/session.ts';
import { actionsOf } from '../actions/actions.ts';
import type { Action } from '../actions/actions.ts';
import { isChange } from '../actions/changes.ts';
import { errorLineOf } from '../actions/errorLine.ts';

/** Something an action does, or leaves undone, that speaks for a fault. */
interface Suspicion {
  readonly step: number;
  /** Chance that this is where it went wrong. Set by judgement: coding runs have no labels. */
  readonly strength: number;
  readonly what: LocalizedText;
}

/** An error counts as passed over when this many actions later it was neither mended nor tried again. */
const LATER = 8;
/** The same thing done with the same result this often leads nowhere. */
const LOOP = 3;
/** Files that are changed again and again mark runs that fail. */
const OFTEN = 4;

/**
 * Where one agent works alone with tools: the first error that was passed over, a loop, or what
 * nothing checked any more. `undefined` where nothing speaks for a fault.
 */
export function soloFault(session: Session): FoundFault | undefined {
  const actions = actionsOf(session);
  const found = [
    ...passedOver(actions),
    ...loops(actions),
    ...oftenChanged(actions),
    ...unchecked(actions),
  ].sort((a, b) => b.strength - a.strength || a.step - b.step);
  const [first] = found;
  if (first === undefined) return undefined;
  const evidence = found.filter(({ step }) => step === first.step);
  return {
    step: first.step,
    agent: session.steps[first.step]?.subagent ?? session.agent,
    confidence: first.strength,
    evidence: evidence.map(({ step, what }) => ({ step, what })),
  };
}

function passedOver(actions: readonly Action[]): readonly Suspicion[] {
  return actions.flatMap((action, at) => {
    const line = errorLineOf(action);
    if (line === undefined) return [];
    const later = actions.slice(at + 1);
    const isGotOver = later.some(
      (next) => next.target === action.target && errorLineOf(next) === undefined,
    );
    const next = actions[at + 1];
    if (isGotOver || next === undefined) return [];
    const isTaken = later.slice(0, LATER).some(({ target }) => target === action.target);
    return [
      {
        step: action.step,
        strength: isTaken ? 0.3 : 0.4,
        what: isTaken
          ? localized`fails, and never goes well later: ${line.slice(0, 160)}`
          : localized`fails, and is passed over: ${line.slice(0, 160)}`,
      },
    ];
  });
}

function loops(actions: readonly Action[]): readonly Suspicion[] {
  const seen = new Map<string, { count: number; step: number }>();
  const found: Suspicion[] = [];
  for (const action of actions) {
    // What was changed in between may make it another thing.
    if (isChange(action)) seen.clear();
    const key = JSON.stringify([action.tool, action.command || action.target, action.output]);
    const former = seen.get(key) ?? { count: 0, step: action.step };
    seen.set(key, { count: former.count + 1, step: former.step });
    if (former.count + 1 !== LOOP) continue;
    const what = localized`does the same for the ${LOOP}rd time with the same result`;
    found.push({ step: action.step, strength: 0.35, what });
  }
  return found;
}

function oftenChanged(actions: readonly Action[]): readonly Suspicion[] {
  const counts = new Map<string, number>();
  return actions.flatMap(({ edited, step }) =>
    [...new Set(edited)].flatMap((path) => {
      const count = (counts.get(path) ?? 0) + 1;
      counts.set(path, count);
      if (count !== OFTEN) return [];
      return [{ step, strength: 0.2, what: localized`changes ${path} for the ${count}th time` }];
    }),
  );
}

function unchecked(actions: readonly Action[]): readonly Suspicion[] {
  const last = actions.findLastIndex(isChange);
  const change = actions[last];
  if (change === undefined) return [];
  const isChecked = actions.slice(last + 1).some((action) => RUNS.test(action.command));
  if (isChecked) return [];
  return [
    {
      step: change.step,
      strength: 0.25,
      what: localized`is the last change, and nothing was run after it`,
    },
  ];
}

/** Something that runs code. */
const RUNS =
  /(?:^|[\s/;&|])(?:python[\d.]*|pytest|node|npm|npx|yarn|pnpm|go|cargo|mvn|gradlew?|dotnet|make|ruby|rake|rspec|php|phpunit|ctest|test|tests|runtests\.py|tox)(?:$|[\s:])/;
