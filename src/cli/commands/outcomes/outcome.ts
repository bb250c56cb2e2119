import { OUTCOMES, USE_KINDS } from '../../../core/model/outcomes/outcome.ts';
import type { ImpressionRecord } from '../../../core/model/ports/libraryOutcomes.ts';
import { answer } from '../../command.ts';
import type { CommandSpec } from '../../command.ts';
import { bad, oneOf, ratio, required } from '../../input.ts';

export const outcome: CommandSpec = {
  name: 'outcome',
  summary: 'say what became of a pattern that was shown',
  operands: [
    { name: '<impression>', summary: 'its id, as search --json tells it' },
    { name: '<outcome>', summary: OUTCOMES.join(', ') },
  ],
  options: [
    { flags: '--share <x>', summary: 'of edited: how much of it survived, from 0 to 1' },
    { flags: '--use <how>', summary: `of accepted: ${USE_KINDS.join(', ')}` },
  ],
  examples: [
    ['outcome 5d0c7f21ab90.3 accepted --use copied', 'it was copied'],
    ['outcome 5d0c7f21ab90.3 edited --share 0.8', 'most of it is still there'],
    ['outcome 5d0c7f21ab90.3 failed', 'the tests failed with all that was shown'],
  ],
  async run(input, ctx) {
    const word = required(input, 1);
    const kind = OUTCOMES.find((known) => known === word);
    if (kind === undefined) throw bad(`"${word}" is not one of ${OUTCOMES.join(', ')}`);
    const share = ratio(input, 'share');
    const use = oneOf(input, 'use', USE_KINDS);
    if (share !== undefined && kind !== 'edited') throw bad('--share goes with edited');
    if (use !== undefined && kind !== 'accepted') throw bad('--use goes with accepted');
    const engine = await ctx.engine();
    const impression = await engine.outcomes.record(required(input, 0), {
      kind,
      ...(share !== undefined && { share }),
      ...(use !== undefined && { use }),
    });
    return answer(true, impression, (clean) => formatImpression(clean));
  },
};

function formatImpression({ pattern, outcomes }: ImpressionRecord): string {
  const told = outcomes.map(({ kind, share }) =>
    share === null ? kind : `${kind} (${Math.round(share * 100)} % survived)`,
  );
  return `${pattern ?? 'suggestion'}: ${told.join(', ')}`;
}
