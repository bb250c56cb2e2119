import type { TrainingOrder } from '../../model/api/experiments.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import { withoutSecrets } from '../../model/ports/secretGate.ts';
import type { Sequence } from '../../model/resolution/sequence.ts';
import type { Session, Step, ToolCall } from '../../model/sessions/session.ts';
import {
  type RewardedSequence,
  toChatRows,
  toPreferenceRows,
  toPromptRows,
  type TrainingRow,
} from '../../resolution/experiments/trainingRows.ts';
import { toAtif } from '../../sessions/report/atifDocument.ts';
import type { StorageParts } from '../resolve/record/openExperiment.ts';
import { withRuns } from './report.ts';

/** Of a generator by default: what tests say where they ran, else how like the gold patch it is. */
const MEASURES = ['pass-rate-best', 'similarity-best'] as const;

/**
 * What an experiment asked of models and was answered, a line of JSON each, without secrets.
 *
 * @throws AppError as `ExperimentsApi.training`
 */
export async function exportSequences(
  parts: StorageParts,
  { name, format, measure }: TrainingOrder,
): Promise<readonly string[]> {
  const all = withRuns(parts, name, (runs, storage) =>
    runs
      .filter(({ state }) => state === 'finished')
      .flatMap(({ sequences }) => sequences)
      .flatMap((id): readonly RewardedSequence[] => {
        const sequence = storage.read(id);
        const isAsked = sequence?.messages.some(({ role }) => role === 'user') === true;
        return isAsked ? [{ sequence, rewards: storage.rewardsOf(id) }] : [];
      }),
  );
  const lines: string[] = [];
  for (const row of rowsOf(all, format, measure)) {
    lines.push(JSON.stringify(await withoutSecrets(row, parts.gate)));
  }
  return lines;
}

function rowsOf(
  all: readonly RewardedSequence[],
  format: TrainingOrder['format'],
  measure: string | undefined,
): readonly TrainingRow[] {
  switch (format) {
    case 'chat':
      return toChatRows(all);
    case 'sft':
      return toPromptRows(all);
    case 'preferences':
      return toPreferenceRows(all, measure ?? usualMeasure(all));
    case 'atif':
      return all.map(toTrajectory);
  }
}

/** @throws AppError `bad-argument` where nothing is graded by any of them */
function usualMeasure(all: readonly RewardedSequence[]): string {
  const usual = MEASURES.find((one) => all.some(({ rewards }) => rewards.has(one)));
  if (usual !== undefined) return usual;
  throw new AppError(
    'bad-argument',
    localized`no answer is graded: preferences need instances of which it is known what resolves them`,
  );
}

/** A conversation in the format that sessions of agents are exported in. */
function toTrajectory({ sequence, rewards }: RewardedSequence): TrainingRow {
  const { id, run, stage, name } = sequence;
  const trajectory = toAtif(toSession(sequence), {});
  return {
    ...trajectory,
    agent: { name: 'pattern-foundry', version: 'unknown' },
    extra: { ...run, stage, name, rewards: Object.fromEntries(rewards), sequence: id },
  };
}

/** All its usage is told with the last answer, since the storage keeps the sum. */
function toSession({ id, messages, usage, at }: Sequence): Session {
  const last = messages.findLastIndex(({ role }) => role === 'assistant');
  const outputs = new Map(
    messages.flatMap((one) =>
      one.role === 'tool' ? [[one.toolCallId, one.content] as const] : [],
    ),
  );
  const steps = messages.flatMap((message, index): readonly Step[] => {
    if (message.role === 'tool') return [];
    const calls = 'toolCalls' in message ? (message.toolCalls ?? []) : [];
    return [
      {
        ...{ at: undefined, text: message.content, model: undefined, subagent: undefined },
        source: message.role === 'assistant' ? 'agent' : message.role,
        response: index === last ? id : undefined,
        toolCalls: calls.map(({ id: call, name, arguments: given }): ToolCall => {
          const output = outputs.get(call);
          return {
            ...{ id: call, name, command: given, reads: undefined, edits: [] },
            observation:
              output === undefined
                ? undefined
                : { at: undefined, text: output, exitCode: undefined, error: undefined },
          };
        }),
      },
    ];
  });
  const { input, output, isGuessed } = usage;
  return {
    ...{ id, agent: 'atif', agentVersion: undefined, title: undefined, folder: undefined },
    ...{ logs: [], models: [], times: [at], steps, compactions: [], plan: [], checks: [] },
    responses: [
      {
        ...{ key: id, at, model: '', vendor: undefined, subagent: undefined },
        usage: { input, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, output, reasoning: 0 },
        certainty: isGuessed ? 'guessed' : 'exact',
        ...{ contextTokens: undefined, loggedUsd: undefined, isPriority: false },
      },
    ],
    ...{ coverage: [], marks: [], windowTokens: undefined, contextRatios: [] },
    skipped: { lines: 0, reasons: {} },
  };
}
