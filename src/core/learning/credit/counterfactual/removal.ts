import { localized } from '../../../model/localizedText.ts';
import type { LocalizedText } from '../../../model/localizedText.ts';
import { findDecisive, type Verdict } from './decisive.ts';
import type { StepChange } from './stepChanges.ts';
import { textsWithout, toUnits, type ChangedTexts, type ReadText, type Unit } from './units.ts';

export interface RemovalCredit {
  /** Shares by step, which add up to 1; empty where the tests tell nothing. */
  readonly shares: ReadonlyMap<number, number>;
  readonly entangled: readonly number[];
  readonly notes: readonly LocalizedText[];
}

/**
 * Credit by taking changes out: those without which the tests no longer pass share the outcome in
 * equal parts, and of changes that can only be taken out together each gets its part.
 *
 * @param read the texts of the end
 * @param runTests with some of them changed; `unclear` where the tests did not get to a verdict
 */
export async function creditByRemoval(
  changes: readonly StepChange[],
  read: ReadText,
  runTests: (texts: ChangedTexts) => Promise<Verdict>,
): Promise<RemovalCredit> {
  const { removable, entangled } = toUnits(changes, read);
  const none = (note: LocalizedText): RemovalCredit => ({
    ...{ shares: new Map(), entangled, notes: [note] },
  });
  if (removable.length === 0) return none(localized`no change can be taken out`);
  const verdictWithout = async (units: readonly Unit[]): Promise<Verdict> => {
    const texts = textsWithout(units, read);
    return texts === undefined ? 'unclear' : runTests(texts);
  };
  if ((await runTests(new Map())) !== 'passed') {
    return none(localized`the tests do not pass in the end, so that nothing can be told by them`);
  }
  const bare = await verdictWithout(removable);
  if (bare === 'passed') {
    return none(localized`the tests pass without all of the changes: they do not check them`);
  }
  const decisive = await findDecisive(removable.length, (kept) =>
    verdictWithout(removable.filter((_, at) => !kept.includes(at))),
  );
  const units = decisive.map((at) => removable[at] ?? []);
  const together = units
    .filter(({ length }) => length > 1)
    .map((unit) => localized`steps ${stepsOf(unit)} can only be taken out together`);
  const notes = [...together, ...(await doubts(units, verdictWithout))];
  return { shares: sharesOf(units), entangled, notes };
}

/** Equal parts for the units, and within each for its steps. */
function sharesOf(units: readonly Unit[]): ReadonlyMap<number, number> {
  return new Map(
    units.flatMap((unit) =>
      unit.map(({ step }) => [step, 1 / units.length / unit.length] as const),
    ),
  );
}

/** What is decisive among the changes that were kept may be done by another one as well. */
async function doubts(
  units: readonly Unit[],
  verdictWithout: (units: readonly Unit[]) => Promise<Verdict>,
): Promise<readonly LocalizedText[]> {
  const notes: LocalizedText[] = [];
  for (const unit of units) {
    if ((await verdictWithout([unit])) !== 'passed') continue;
    notes.push(
      localized`the tests pass without step ${stepsOf(unit)} too: another one does the same`,
    );
  }
  return notes;
}

function stepsOf(unit: Unit): string {
  return unit.map(({ step }) => step).join(', ');
}
