import { localized } from '../../model/localizedText.ts';
import type { LocalizedText } from '../../model/localizedText.ts';
import type { Judged, Selected } from '../../model/resolution/stages.ts';
import { type Candidate, isRuledOut, testScore } from './candidates.ts';

/** What counts how much; shares of what is known of all candidates are scaled to 1. */
export interface Mix {
  readonly tests: number;
  readonly votes: number;
  readonly judgement: number;
  /** See `Patch.score`. */
  readonly proposed: number;
}

export const BY_VOTES: Mix = { tests: 0, votes: 1, judgement: 0, proposed: 0.001 };
/** Votes, and who proposed them, only tell equals apart. */
export const BY_TESTS: Mix = { tests: 1, votes: 0.001, judgement: 0, proposed: 0.001 };
export const BY_JUDGEMENT: Mix = { tests: 0, votes: 0, judgement: 1, proposed: 0 };
/** What was run counts more than what was said, and that more than how often. */
export const MIXED: Mix = { tests: 0.6, votes: 0.2, judgement: 0.2, proposed: 0.2 };

/** Scores differ by rounding. */
const EQUAL = 1e-9;
/** Whoever proposes several alike does not know which of them is right: in recurring fixes as often one as the other. */
const CLOSE = 0.03;

/**
 * Chooses by a weighted sum. Patches that tests rule out are never chosen, not even the best of them:
 * the fewest broken tests among patches that all break some says nothing. Where in the list a patch
 * stands does not count.
 *
 * @param notes handed on, see `Selected.notes`
 */
export function choose(
  candidates: readonly Candidate[],
  mix: Mix,
  notes: readonly LocalizedText[] = [],
): Selected {
  const isTested = candidates.some(({ findings }) => findings !== undefined);
  const all = candidates.reduce((sum, { votes }) => sum + votes, 0);
  const judged = candidates
    .map((candidate) => {
      const isOut = mix.tests > 0 && isRuledOut(candidate);
      const score = isOut
        ? -1 - (candidate.findings?.broken ?? 0)
        : scoreOf(candidate, mix, { all, isTested });
      const alone = scoreOf(candidate, { ...mix, proposed: 0 }, { all, isTested });
      const tested = candidate.findings === undefined ? {} : ({ isTested: true } as const);
      const answer: Judged = {
        ...tested,
        patch: candidate.patch,
        score,
        why: reasonsOf(candidate),
      };
      return { ...answer, answer, isOut, alone };
    })
    .sort((a, b) => b.score - a.score);
  const answer = judged.map((one) => one.answer);
  const [best] = judged;
  if (best === undefined) {
    return { choice: { kind: 'none' }, judged: [], why: [localized`nothing was proposed`], notes };
  }
  if (mix.tests === 1 && !isTested) {
    const why = [localized`no test tells anything about the patches`];
    return { choice: { kind: 'none' }, judged: answer, why, notes };
  }
  const isRefused = mix.judgement === 1 && candidates.every(({ judgement = 0 }) => judgement <= 0);
  if (best.isOut || isRefused) {
    const why = best.isOut
      ? localized`tests speak against every patch`
      : localized`the model finds none of them good enough`;
    return { choice: { kind: 'none' }, judged: answer, why: [why], notes };
  }
  const isClose = ({ patch, alone }: (typeof judged)[number]): boolean =>
    Math.abs(best.alone - alone) < EQUAL &&
    Math.abs((best.patch.score ?? 0) - (patch.score ?? 0)) < CLOSE;
  const equals = judged.filter((one) => best.score - one.score < EQUAL || isClose(one));
  if (equals.length > 1) {
    return {
      choice: { kind: 'tie', patches: equals.map(({ patch }) => patch) },
      judged: answer,
      why: [localized`nothing distinguishes ${equals.length} of the patches`],
      notes,
    };
  }
  return { choice: { kind: 'chosen', patch: best.patch }, judged: answer, why: best.why, notes };
}

function scoreOf(
  { patch, votes, findings, judgement }: Candidate,
  mix: Mix,
  { all, isTested }: { readonly all: number; readonly isTested: boolean },
): number {
  // Among patches that were tested, one that was not has nothing that speaks for it.
  const tested = findings === undefined ? 0 : testScore(findings);
  const known: readonly (readonly [weight: number, value: number])[] = [
    [mix.votes, votes / all],
    ...(isTested ? [[mix.tests, tested] as const] : []),
    ...(judgement === undefined ? [] : [[mix.judgement, judgement] as const]),
    ...(patch.score === undefined ? [] : [[mix.proposed, patch.score] as const]),
  ];
  const weights = known.reduce((sum, [weight]) => sum + weight, 0);
  const score = known.reduce((sum, [weight, value]) => sum + weight * value, 0);
  return weights === 0 ? 0 : score / weights;
}

function reasonsOf({
  patch,
  votes,
  findings,
  untested,
  judgement,
}: Candidate): readonly LocalizedText[] {
  const why: LocalizedText[] = [];
  if (findings !== undefined) {
    const { broken, mended, reproductions } = findings;
    const passed = reproductions.filter((one) => one.passed).length;
    if (broken > 0) why.push(localized`tests that passed fail with it: ${broken}`);
    if (mended > 0) why.push(localized`tests that failed pass with it: ${mended}`);
    if (reproductions.length > 0) {
      why.push(localized`${passed} of ${reproductions.length} tests of the issue pass with it`);
    }
    if (broken === 0 && mended === 0 && reproductions.length === 0) {
      why.push(localized`the tests end the same way with it as without it`);
    }
  }
  if (untested !== undefined) why.push(untested);
  if (judgement !== undefined) {
    why.push(localized`the model is ${Math.round(100 * judgement)} % sure of it`);
  }
  if (votes > 1) why.push(localized`proposed ${votes} times`);
  return [...why, ...patch.why];
}
