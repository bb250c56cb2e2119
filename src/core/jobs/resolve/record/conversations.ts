import { createHash } from 'node:crypto';
import { AppError } from '../../../model/errors.ts';
import type {
  ChatAnswer,
  ChatMessage,
  ChatModel,
  ChatRequest,
  ChatUsage,
} from '../../../model/ports/chatModel.ts';

/** Questions to a model that go on from one another, with their answers. */
export interface Conversation {
  /** Of its first question, so that the same conversation has the same name in each try of a run. */
  readonly name: string;
  /** Which of several samples of one question it is; `undefined` where there is one. */
  readonly sample: number | undefined;
  /** As they were sent, and the last answer. */
  readonly messages: readonly ChatMessage[];
  /** Of all its questions. */
  readonly usage: ChatUsage;
}

/** Notes what is asked of models. */
export interface ConversationLog {
  /** The same model, noted. */
  note(model: ChatModel): ChatModel;
  /** What was noted since the last call, in the order it began. */
  take(): { readonly conversations: readonly Conversation[]; readonly isBudgetSpent: boolean };
}

export function createConversationLog(): ConversationLog {
  let conversations: Conversation[] = [];
  let isBudgetSpent = false;
  const add = (request: ChatRequest, answer: ChatAnswer): void => {
    const at = conversations.findIndex((one) => goesOn(request, one));
    const former = conversations[at];
    const next: Conversation = {
      name: former?.name ?? nameOf(request),
      sample: request.sample,
      messages: [...request.messages, { role: 'assistant', content: answer.text }],
      usage: former === undefined ? answer.usage : sumOf(former.usage, answer.usage),
    };
    if (former === undefined) conversations.push(next);
    else conversations[at] = next;
  };
  return {
    note: (model) => ({
      name: model.name,
      async complete(request, watch) {
        try {
          const answer = await model.complete(request, watch);
          add(request, answer);
          return answer;
        } catch (error) {
          isBudgetSpent ||= error instanceof AppError && error.code === 'model-budget-spent';
          throw error;
        }
      },
    }),
    take() {
      const taken = { conversations, isBudgetSpent };
      conversations = [];
      isBudgetSpent = false;
      return taken;
    },
  };
}

/** Whether a question repeats all of a conversation up to its answer, which may be sent back shorter. */
function goesOn({ messages, sample }: ChatRequest, former: Conversation): boolean {
  const asked = former.messages.slice(0, -1);
  return (
    sample === former.sample &&
    messages[asked.length]?.role === 'assistant' &&
    asked.every(({ role, content }, at) => {
      const message = messages[at];
      return message?.role === role && message.content === content;
    })
  );
}

function nameOf({ messages, sample, temperature }: ChatRequest): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([messages, sample, temperature]))
    .digest('hex')
    .slice(0, 12);
  return sample === undefined ? `asked-${hash}` : `sample-${sample}-${hash}`;
}

function sumOf(one: ChatUsage, other: ChatUsage): ChatUsage {
  return {
    input: one.input + other.input,
    output: one.output + other.output,
    isGuessed: one.isGuessed || other.isGuessed,
  };
}
