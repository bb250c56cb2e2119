import { resolve } from 'node:path';
import type { TrialOrder } from '../../../core/model/api/learning.ts';
import type { Engine } from '../../../core/model/engine.ts';
import { CREDIT_METHODS } from '../../../core/model/learning.ts';
import type { Attribution, FirstFault } from '../../../core/model/learning.ts';
import { answer } from '../../command.ts';
import type { CommandSpec } from '../../command.ts';
import { confirm } from '../../confirm.ts';
import { bad, flag, oneOf, required, text, texts, wholeNumber } from '../../input.ts';
import type { Input } from '../../input.ts';
import type { Io } from '../../io.ts';
import { clean } from '../../text/clean.ts';

/** As it is printed: sentences in English, and nothing that is absent left out. */
interface Document {
  readonly method: string;
  readonly outcome: Attribution['outcome'];
  readonly contributions: readonly (readonly [step: number, share: number])[];
  readonly steps: Attribution['steps'];
  readonly firstFault: Fault | null;
  readonly entangled: readonly number[];
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
      summary: `${CREDIT_METHODS.join(', ')} (default: learning.credit_strategy)`,
    },
    {
      flags: '--tests-in <dir>',
      summary: 'counterfactual: repository whose tests run, in a checkout of their own',
    },
    { flags: '--test-command <line>', summary: 'how they run, else as configured or detected' },
    {
      flags: '--revision <r>',
      summary: 'what the session led to (default: the files as they are)',
    },
    { flags: '--timeout <seconds>', summary: 'of each run of the tests (default: 600)' },
    {
      flags: '--network',
      summary: 'let the tests use the network (default: not, where the system can prevent it)',
    },
    { flags: '--trust', summary: 'run the tests without asking' },
    {
      flags: '--like <sessions...>',
      summary:
        'counterfactual: logs to compare with where nothing can be replayed, separated by commas',
    },
  ],
  examples: [
    ['learn attribute run.traj.json', 'steps are counted from 0'],
    [
      'learn attribute run.traj.json --method simple --json',
      'all to the last change that went well',
    ],
    [
      'learn attribute 3f2a --method counterfactual --tests-in .',
      'takes changes out and runs the tests, after showing how',
    ],
  ],
  async run(input, ctx) {
    const name = required(input, 0);
    const method = oneOf(input, 'method', CREDIT_METHODS);
    const order = toOrder(input, ctx.io.cwd);
    const like = texts(input, 'like');
    if ((order ?? like) !== undefined && method !== 'counterfactual') {
      throw bad(`--${order ? 'tests-in' : 'like'} goes with --method counterfactual`);
    }
    const engine = await ctx.engine();
    const trial = order && (await confirmed(order, { engine, input, io: ctx.io }));
    const request = { ...(method && { method }), ...(trial && { trial }), ...(like && { like }) };
    const found = await ctx.watched((watch) => engine.learning.attribute(name, request, watch));
    return answer(true, toDocument(found), describe);
  },
};

function toOrder(input: Input, cwd: string): Omit<TrialOrder, 'isTrusted'> | undefined {
  const folder = text(input, 'testsIn');
  const [command, revision] = [text(input, 'testCommand'), text(input, 'revision')];
  const timeoutSeconds = wholeNumber(input, 'timeout', { min: 1, max: 86_400 });
  const usesNetwork = flag(input, 'network');
  if (folder === undefined) {
    const others = [command, revision, timeoutSeconds];
    if (!usesNetwork && others.every((other) => other === undefined)) return undefined;
    throw bad('--tests-in names the repository whose tests run');
  }
  return {
    folder: resolve(cwd, folder),
    ...(command !== undefined && { command }),
    ...(revision !== undefined && { revision }),
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    usesNetwork,
  };
}

/** Shows what would run, and takes a person's word for it. */
async function confirmed(
  order: Omit<TrialOrder, 'isTrusted'>,
  { engine, input, io }: { readonly engine: Engine; readonly input: Input; readonly io: Io },
): Promise<TrialOrder> {
  const command = await engine.learning.testCommand({ ...order, isTrusted: false });
  await io.stderr.write(`The tests run by: ${clean(JSON.stringify(command))}\n`);
  const isTrusted = flag(input, 'trust') || (await confirm(io, 'Run them, perhaps many times?'));
  return { ...order, isTrusted };
}

function toDocument(found: Attribution): Document {
  const { method, outcome, contributions, steps, firstFault, entangled, notes } = found;
  const fault = firstFault && {
    ...firstFault,
    evidence: firstFault.evidence.map(({ step, what }) => ({ step, what: what.text })),
  };
  return {
    ...{ method, outcome, contributions, steps, entangled, firstFault: fault ?? null },
    notes: notes.map((note) => note.text),
  };
}

function describe({ outcome, steps, firstFault, entangled, notes }: Document): string {
  const shown = steps
    .slice(0, SHOWN_STEPS)
    .map(({ step, share, what }) => `  step ${step}: ${percent(share)}  ${what}`);
  const rest = steps.length - shown.length;
  return [
    ...(shown.length === 0 ? [] : [`${MADE[outcome]}:`, ...shown]),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
    ...(entangled.length === 0 ? [] : [`Could not be taken out: step ${entangled.join(', ')}`]),
    ...(firstFault === null ? [] : describeFault(firstFault, outcome)),
    ...notes.map((note) => `Note: ${note}`),
  ].join('\n');
}

const MADE = {
  success: 'Steps that made it succeed',
  failure: 'Steps that made it fail',
  unknown: 'Steps that led to the result',
} as const;

function describeFault(
  { step, agent, confidence, what, evidence }: Fault,
  outcome: Attribution['outcome'],
): readonly string[] {
  const lead =
    outcome === 'failure' ? 'First mistake' : 'If it failed, the first mistake was probably';
  return [
    `${lead}${outcome === 'failure' ? ':' : ''} step ${step} of ${agent} (chance ${percent(confidence)})`,
    ...(what === '' ? [] : [`  ${what}`]),
    ...evidence.map((one) => `  it ${one.what}`),
  ];
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
