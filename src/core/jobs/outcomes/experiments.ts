import { AppError } from '../../model/errors.ts';
import type { ArmDraft } from '../../model/api/outcomes.ts';
import type { Found } from '../../model/api/find.ts';
import { localized } from '../../model/localizedText.ts';
import type { Arm, Experiment } from '../../model/outcomes/experiment.ts';
import type { Pattern, PatternId } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import type { PatternVersion } from '../../model/outcomes/version.ts';
import { armOf, type TaskKey } from '../../outcomes/holdout.ts';
import { inForce } from '../curate/curate.ts';
import { versionNamed } from '../curate/versionNamed.ts';
import { areComparable } from './comparable.ts';

/**
 * Begins to draw one of two for each task that either fits.
 *
 * @param random names the experiment: eight hex digits
 * @throws AppError `pattern-not-found`, `pattern-forgotten`, `version-not-found`; `bad-argument`
 *   where both are the same or about different things, or where one is in an experiment already
 */
export async function startExperiment(
  library: Library,
  [a, b]: readonly [ArmDraft, ArmDraft],
  random: string,
): Promise<Experiment> {
  const arms = { a: toArm(library, a), b: toArm(library, b) };
  if (JSON.stringify(arms.a) === JSON.stringify(arms.b)) {
    throw new AppError('bad-argument', localized`both are the same`);
  }
  const patterns = [arms.a.pattern, arms.b.pattern];
  requireComparable(library, arms.a.pattern, arms.b.pattern);
  const other = running(library).find((one) =>
    [one.a.pattern, one.b.pattern].some((id) => patterns.includes(id)),
  );
  if (other !== undefined) {
    throw new AppError(
      'bad-argument',
      localized`one of them is already being compared; end ${other.experiment} first`,
    );
  }
  const experiment = { experiment: random, ...arms, ended: false };
  await library.record([{ type: 'experiment', ...experiment }]);
  return experiment;
}

function requireComparable(library: Library, a: PatternId, b: PatternId): void {
  const [one, other] = [library.patterns.byId(a), library.patterns.byId(b)];
  if (a === b || one === undefined || other === undefined || areComparable(one, other)) return;
  throw new AppError(
    'bad-argument',
    localized`${one.name} and ${other.name} are about different things: no task fits both`,
  );
}

/**
 * Ends a comparison; what was learned of it stays.
 *
 * @param name its first digits
 * @throws AppError `bad-argument` where there is none of that name
 */
export async function endExperiment(library: Library, name: string): Promise<Experiment> {
  const [known, ...others] = library.outcomes
    .experiments()
    .filter(({ experiment }) => name !== '' && experiment.startsWith(name));
  if (known === undefined || others.length > 0) {
    throw new AppError('bad-argument', localized`no single comparison matches ${name}`);
  }
  const ended = { ...known, ended: true };
  await library.record([{ type: 'experiment', ...ended }]);
  return ended;
}

/** What was drawn for a task. */
export interface Drawn {
  /** As in `Impression.arm`. */
  readonly arm: string;
  /** What is shown in place of the present text; absent where it is that. */
  readonly version?: PatternVersion;
}

export interface DrawnAnswers {
  /** Of two that are compared the one that was drawn, where the better one of them stood. */
  readonly answers: readonly Found[];
  readonly drawn: ReadonlyMap<PatternId, Drawn>;
}

/** Draws for each experiment that an answer takes part in. */
export function drawArms(library: Library, answers: readonly Found[], task: TaskKey): DrawnAnswers {
  let left = answers;
  const drawn = new Map<PatternId, Drawn>();
  for (const experiment of running(library)) {
    const ids = { a: nowOf(library, experiment.a), b: nowOf(library, experiment.b) };
    const at = left.findIndex(({ id }) => id === ids.a || id === ids.b);
    const first = left[at];
    if (first === undefined) continue;
    const letter = armOf(experiment.experiment, task);
    const shown =
      left.find(({ id }) => id === ids[letter]) ?? inPlaceOf(library, first, ids[letter]);
    const arm = experiment[letter];
    const version = library.versions.of(arm.pattern).find((one) => one.version === arm.version);
    // What was compared is gone: there is nothing to draw from.
    if (shown === undefined || (arm.version !== null && version === undefined)) continue;
    const before = left.slice(0, at);
    const after = left.slice(at + 1).filter(({ id }) => id !== ids.a && id !== ids.b);
    left = [...before, shown, ...after];
    drawn.set(shown.id, { arm: `${experiment.experiment}${letter}`, ...(version && { version }) });
  }
  return { answers: left, drawn };
}

/** A pattern as it was in a version. */
export function asVersion(
  pattern: Pattern,
  { name, description, tags, code, before }: PatternVersion,
): Pattern {
  const words = { name, description, tags };
  if ('code' in pattern) return { ...pattern, ...words, code };
  return { ...pattern, ...words, after: code, before: before ?? '' };
}

function inPlaceOf(library: Library, row: Found, id: PatternId): Found | undefined {
  if (library.patterns.byId(id)?.state !== 'live') return undefined;
  const [other] = library.patterns.rows([id]);
  return other && { ...row, ...other };
}

function running({ outcomes }: Pick<Library, 'outcomes'>): readonly Experiment[] {
  return outcomes.experiments().filter(({ ended }) => !ended);
}

/** The id in force for it. */
function nowOf({ patterns }: Library, { pattern }: Arm): PatternId {
  return patterns.byId(pattern)?.id ?? pattern;
}

function toArm(library: Library, { pattern, version }: ArmDraft): Arm {
  const { id } = inForce(library, pattern);
  const named = version === undefined ? null : versionNamed(library, id, version).version;
  return { pattern: id, version: named };
}
