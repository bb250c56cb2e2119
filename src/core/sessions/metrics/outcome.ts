import type { Mark, Session, Step } from '../../model/sessions/session.ts';
import type {
  CompletionMetric,
  OutcomeMetric,
  TestsMetric,
} from '../../model/sessions/sessionReport.ts';
import { isChange, isChangedAfter, isProvenByTests } from './proof.ts';

/** One thing that tells how a session ended, and how much it is worth by itself. */
interface Sign {
  readonly isGood: boolean;
  readonly weight: number;
  readonly words: string;
  /** It is more than the agent's own word. */
  readonly isProof?: boolean;
  /** Makes an outcome a partial one, though it tells little by itself. */
  readonly isMixing?: boolean;
}

const LABEL_WEIGHT = 0.98;
/** What is worth less makes no outcome by itself. */
const LEAST_TOLD = 0.4;
/** From here on what speaks against the rest makes an outcome a partial one. */
const LEAST_MIXED = 0.6;

/**
 * Success, failure or unknown by what others and machines say: an external label, then commits and
 * pull requests, tests, builds, and last how the conversation ended. What the agent says of itself
 * counts for nothing.
 */
export function measureOutcome(
  session: Session,
  tests: TestsMetric,
  completion: CompletionMetric | null,
): OutcomeMetric {
  const signs = [
    ...session.marks.flatMap(labelSign),
    ...hostedSigns(session),
    ...deliverySigns(session.marks),
    ...runSigns(session, tests),
    ...verdictSigns(session.steps),
    ...endingSigns(session, completion),
  ];
  const [strongest] = signs;
  if (strongest === undefined) {
    return { label: 'unknown', evidence: [], confidence: 0, isProven: false };
  }
  const evidence = signs.map(({ words }) => words);
  const others = signs.slice(1);
  const against = others.filter(({ isGood }) => isGood !== strongest.isGood);
  const isLabelled = strongest.weight === LABEL_WEIGHT;
  const confidence = isLabelled
    ? LABEL_WEIGHT
    : Math.max(0.1, strongest.weight - 0.5 * Math.max(0, ...against.map(({ weight }) => weight)));
  const label = labelOf(strongest, isLabelled ? [] : against);
  return {
    label,
    evidence,
    confidence: Math.round(confidence * 100) / 100,
    isProven: signs.some(
      ({ isProof, isGood }) => isProof === true && label === (isGood ? 'success' : 'failure'),
    ),
  };
}

function labelOf(strongest: Sign, against: readonly Sign[]): OutcomeMetric['label'] {
  if (strongest.weight < LEAST_TOLD) return 'unknown';
  const isMixed = against.some(
    ({ weight, isMixing }) => isMixing === true || weight >= LEAST_MIXED,
  );
  if (isMixed) return 'partial';
  return strongest.isGood ? 'success' : 'failure';
}

function labelSign({ kind, isGood, text }: Mark): readonly Sign[] {
  if (kind !== 'label' || isGood === undefined) return [];
  return [{ isGood, weight: LABEL_WEIGHT, words: `label: ${text}`, isProof: true }];
}

/** Checks that a service ran on what was sent in, as far as nothing made them out of date. */
function hostedSigns(session: Session): readonly Sign[] {
  const last = session.marks.findLast(({ kind }) => kind === 'push' || kind === 'hosted-checks');
  if (last?.kind !== 'hosted-checks' || isChangedAfter(session, 'hosted-checks', last.at)) {
    return [];
  }
  const words = `checks of the pull request ${last.text}`;
  return [{ isGood: last.isGood === true, weight: 0.9, words, isProof: true }];
}

function deliverySigns(marks: readonly Mark[]): readonly Sign[] {
  const all = (kind: Mark['kind']): readonly Mark[] => marks.filter((mark) => mark.kind === kind);
  const told: readonly (readonly [Mark['kind'], number, string])[] = [
    ['pull-request', 0.85, 'pull request'],
    ['push', 0.8, 'pushed'],
    ['commit', 0.75, 'committed'],
  ];
  return told.flatMap(([kind, weight, words]) => {
    const last = all(kind).at(-1);
    return last === undefined ? [] : [{ isGood: true, weight, words: `${words}: ${last.text}` }];
  });
}

function runSigns(
  session: Session,
  { last, history, builds, lints }: TestsMetric,
): readonly Sign[] {
  const run = history.filter(({ state }) => state !== 'unknown').at(-1);
  const signs: Sign[] = [];
  if (last !== null && run !== undefined) {
    const words = `last test run ${last}: ${run.command}`;
    const isGood = last === 'passed';
    const isProof = !isGood || isProvenByTests(session);
    signs.push({ isGood, weight: 0.7, words, isProof });
  }
  if (builds.last !== null) {
    signs.push({
      isGood: builds.last === 'passed',
      weight: 0.5,
      words: `last build ${builds.last}`,
      isProof: builds.last === 'failed',
    });
  }
  if (lints.last === 'failed') {
    signs.push({ isGood: false, weight: 0.3, words: 'last lint failed' });
  }
  const isLookedAtOnly = session.steps.length > 0 && !session.steps.some(isChange);
  return isLookedAtOnly ? signs.map(ofOthers) : signs;
}

/** What passes or fails where nothing was changed is what others made. */
function ofOthers({ isGood, weight, words }: Sign): Sign {
  const told = `${words}, though nothing was seen to change`;
  return { isGood, weight: Math.min(weight, LEAST_TOLD), words: told };
}

function endingSigns(session: Session, completion: CompletionMetric | null): readonly Sign[] {
  const signs: Sign[] = [];
  const last = session.marks.filter(({ kind }) => ENDINGS.has(kind)).at(-1);
  if (last?.isGood === false && isLate(session, last)) {
    const isProof = last.kind === 'exit-status';
    signs.push({ isGood: false, weight: 0.45, words: `ended: ${last.text}`, isProof });
  }
  if (completion !== null && completion.total > 0) {
    const isDone = completion.completed === completion.total;
    const begun = completion.items.filter(
      ({ status, dropped }) => status === 'in_progress' && !dropped,
    ).length;
    const open = begun === 0 ? '' : `, ${begun} in progress`;
    const words = `plan: ${completion.completed} of ${completion.total} done${open}`;
    // What was begun and not ended says that the work stopped in the middle of it, or still goes on.
    const isMixing = begun > 0;
    signs.push({ isGood: isDone, weight: isDone ? 0.35 : 0.3, words, isMixing });
  }
  return signs;
}

/** The last that the person said of the work, as far as nothing made it out of date. */
function verdictSigns(steps: readonly Step[]): readonly Sign[] {
  const at = steps.findLastIndex(({ verdict }) => verdict !== undefined);
  const verdict = steps[at]?.verdict;
  if (verdict === undefined) return [];
  const { isGood, said } = verdict;
  const isLast = !steps.slice(at + 1).some(isChange);
  // What was done about a complaint nobody judged; thanks stay true of what they were for.
  if (!isGood && !isLast) return [];
  const words = `the person said: ${said}`;
  return [{ isGood, weight: 0.45, words, isMixing: true, isProof: isLast }];
}

const ENDINGS = new Set<Mark['kind']>(['finished', 'interrupted', 'api-error', 'exit-status']);

/** Whether nothing was done after it. */
function isLate({ steps }: Session, { at }: Mark): boolean {
  const end = steps.filter(({ source }) => source === 'agent').at(-1)?.at;
  return at === undefined || end === undefined || at >= end;
}
