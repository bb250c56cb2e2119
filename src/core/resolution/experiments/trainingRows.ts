import type { Sequence, SequenceMessage } from '../../model/resolution/sequence.ts';

/** A recorded conversation with what it was worth. */
export interface RewardedSequence {
  readonly sequence: Sequence;
  /** By measure. */
  readonly rewards: ReadonlyMap<string, number>;
}

/** One line of a file to train on, as it is written as JSON. */
export type TrainingRow = Readonly<Record<string, unknown>>;

/**
 * All messages of each conversation, as chat models are tuned on them. Source: the `messages` of the
 * fine-tuning formats of OpenAI and TRL.
 */
export function toChatRows(all: readonly RewardedSequence[]): readonly TrainingRow[] {
  return all.map((one) => ({
    messages: one.sequence.messages.map(toMessage),
    metadata: metadataOf(one),
  }));
}

/**
 * What was asked and what was answered, apart: all up to the first answer is the prompt, the rest the
 * completion. Source: the conversational prompt-completion format of TRL.
 */
export function toPromptRows(all: readonly RewardedSequence[]): readonly TrainingRow[] {
  return all.flatMap((one) => {
    const { prompt, completion } = split(one.sequence.messages);
    return completion.length === 0 ? [] : [{ prompt, completion, metadata: metadataOf(one) }];
  });
}

/**
 * Two answers to one prompt of which one was worth more; each with the next one below it, so that n
 * answers make n − 1 pairs at most. Answers of equal worth and equal answers make none. Source: the
 * conversational preference format of TRL.
 *
 * @param measure by which answers are compared; those without it are left out
 */
export function toPreferenceRows(
  all: readonly RewardedSequence[],
  measure: string,
): readonly TrainingRow[] {
  const byPrompt = new Map<string, Answer[]>();
  for (const one of all) {
    const worth = one.rewards.get(measure);
    const { prompt, completion } = split(one.sequence.messages);
    if (worth === undefined || completion.length === 0) continue;
    const key = JSON.stringify([one.sequence.stage, prompt]);
    byPrompt.set(key, [...(byPrompt.get(key) ?? []), { ...one, worth, prompt, completion }]);
  }
  return [...byPrompt.values()].flatMap((answers) => {
    const levels = oneOfEachWorth(answers);
    return levels.slice(1).flatMap((rejected, at) => {
      const chosen = levels[at];
      if (chosen === undefined) return [];
      return [
        {
          prompt: chosen.prompt,
          chosen: chosen.completion,
          rejected: rejected.completion,
          metadata: { measure, chosen: metadataOf(chosen), rejected: metadataOf(rejected) },
        },
      ];
    });
  });
}

interface Answer extends RewardedSequence {
  readonly worth: number;
  readonly prompt: readonly TrainingRow[];
  readonly completion: readonly TrainingRow[];
}

/** The best first. */
function oneOfEachWorth(answers: readonly Answer[]): readonly Answer[] {
  const levels = new Map<number, Answer>();
  for (const answer of answers) {
    if (!levels.has(answer.worth)) levels.set(answer.worth, answer);
  }
  return [...levels.values()].sort((a, b) => b.worth - a.worth);
}

function split(messages: readonly SequenceMessage[]): Pick<Answer, 'prompt' | 'completion'> {
  const first = messages.findIndex(({ role }) => role === 'assistant');
  const end = first === -1 ? messages.length : first;
  return {
    prompt: messages.slice(0, end).map(toMessage),
    completion: messages.slice(end).map(toMessage),
  };
}

function toMessage(message: SequenceMessage): TrainingRow {
  const { role, content } = message;
  if (role === 'tool') return { role, tool_call_id: message.toolCallId, content };
  const calls = 'toolCalls' in message ? (message.toolCalls ?? []) : [];
  if (calls.length === 0) return { role, content };
  return {
    ...{ role, content },
    tool_calls: calls.map(({ id, name, arguments: given }) => ({
      ...{ id, type: 'function', function: { name, arguments: given } },
    })),
  };
}

function metadataOf({ sequence, rewards }: RewardedSequence): TrainingRow {
  const { id, run, stage, name, parent, usage } = sequence;
  return {
    ...{ sequence: id, parent, stage, name },
    ...{ experiment: run.experiment, hypers: run.hypers, instance: run.instance },
    ...{ repetition: run.repetition, tokens: { input: usage.input, output: usage.output } },
    rewards: Object.fromEntries(rewards),
  };
}
