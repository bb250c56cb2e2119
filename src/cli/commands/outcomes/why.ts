import type { ImpressionRecord } from '../../../core/model/ports/libraryOutcomes.ts';
import type { Why } from '../../../core/model/outcomes/why.ts';
import { answer } from '../../command.ts';
import type { CommandSpec } from '../../command.ts';
import { required } from '../../input.ts';

export const why: CommandSpec = {
  name: 'why',
  summary: 'say why something was shown, and what became of it',
  operands: [
    { name: '<impression>', summary: 'its id, as search --json and inject --json tell it' },
  ],
  options: [],
  examples: [
    ['why 5d0c7f21ab90.3', 'signals, origin and the last outcomes'],
    ['why 5d0c7f21ab90.3 --json', 'for a script'],
  ],
  async run(input, ctx) {
    const engine = await ctx.engine();
    const found = await engine.outcomes.why(required(input, 0));
    const document = {
      ...found,
      reasons: found.reasons.map(({ text }) => text),
      leftOut: found.leftOut.map((one) => ({ ...one, detail: one.detail.text })),
    };
    return answer(true, document, (clean) => formatWhy(clean).join('\n'));
  },
};

/** The same with its sentences in English, as scripts read them. */
type WhyDocument = Omit<Why, 'reasons' | 'leftOut'> & {
  readonly reasons: readonly string[];
  readonly leftOut: readonly (Pick<Why['leftOut'][number], 'pattern' | 'name'> & {
    readonly detail: string;
  })[];
};

function formatWhy({
  impression,
  state,
  pattern,
  last,
  together,
  leftOut,
  reasons,
}: WhyDocument): readonly string[] {
  const { surface, task, at } = impression;
  const asked = task === null ? '' : ` for “${task}”`;
  return [
    `${pattern?.name ?? impression.pattern ?? 'a suggestion'}: shown ${new Date(at).toISOString()}`,
    `on ${surface ?? 'an older version'}${asked}`,
    '',
    ...reasons.map((reason) => `- ${reason}`),
    '',
    `now: ${state}${impression.outcomes.length === 0 ? '' : `, ${toldOf(impression)}`}`,
    ...(last.length === 0 ? [] : ['last outcomes of the pattern:']),
    ...last.map((one) => `- ${one.id}: ${toldOf(one)}`),
    ...(together.length === 0 ? [] : [`shown with it: ${together.length}`]),
    ...(leftOut.length === 0 ? [] : ['left out:']),
    ...leftOut.map(({ pattern: id, name, detail }) => `- ${name} (${id}): ${detail}`),
  ];
}

function toldOf({ outcomes }: ImpressionRecord): string {
  return outcomes.map(({ kind }) => kind).join(', ');
}
