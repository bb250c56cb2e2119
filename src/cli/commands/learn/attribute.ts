import { CREDIT_METHODS } from '../../../core/model/learning.ts';
import type { Attribution, FirstFault } from '../../../core/model/learning.ts';
import { answer } from '../../command.ts';
import type { CommandSpec } from '../../command.ts';
import { oneOf, required } from '../../input.ts';

/** As it is printed: sentences in English, and nothing that is absent left out. */
interface Document {
  readonly method: string;
  readonly contributions: readonly (readonly [step: number, share: number])[];
  readonly firstFault: Fault | null;
  readonly notes: readonly string[];
}

interface Fault extends Omit<FirstFault, 'evidence'> {
  readonly evidence: readonly { readonly step: number; readonly what: string }[];
}

/** More steps with a share are not listed for people. */
const SHOWN_STEPS = 10;

export const learnAttribute: CommandSpec = {
  name: 'learn attribute',
  summary: 'which steps made the outcome of a session, and where it went wrong first',
  operands: [{ name: '<session>', summary: 'a log or the id of a session' }],
  options: [
    {
      flags: '--method <name>',
      summary: `${CREDIT_METHODS.join(' or ')} (default: ${CREDIT_METHODS[0]})`,
    },
  ],
  examples: [
    ['learn attribute run.traj.json', 'steps are counted from 0'],
    [
      'learn attribute run.traj.json --method simple --json',
      'all to the last change that went well',
    ],
  ],
  async run(input, ctx) {
    const name = required(input, 0);
    const method = oneOf(input, 'method', CREDIT_METHODS) ?? CREDIT_METHODS[0];
    const engine = await ctx.engine();
    const found = await ctx.watched((watch) => engine.learning.attribute(name, method, watch));
    return answer(true, toDocument(found), describe);
  },
};

function toDocument({ method, contributions, firstFault, notes }: Attribution): Document {
  const fault = firstFault && {
    ...firstFault,
    evidence: firstFault.evidence.map(({ step, what }) => ({ step, what: what.text })),
  };
  return { method, contributions, firstFault: fault ?? null, notes: notes.map(({ text }) => text) };
}

function describe({ contributions, firstFault, notes }: Document): string {
  const shares = contributions.filter(([, share]) => share > 0);
  const steps = shares
    .slice(0, SHOWN_STEPS)
    .map(([step, share]) => `  step ${step}: ${Math.round(100 * share)} %`);
  const rest = shares.length - steps.length;
  return [
    ...(shares.length === 0 ? [] : ['Made the outcome:', ...steps]),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
    ...(firstFault === null ? [] : describeFault(firstFault)),
    ...notes.map((note) => `Note: ${note}`),
  ].join('\n');
}

function describeFault({ step, agent, confidence, evidence }: Fault): readonly string[] {
  return [
    `Went wrong first: step ${step} of ${agent} (chance ${Math.round(100 * confidence)} %)`,
    ...evidence.map(({ what }) => `  it ${what}`),
  ];
}
