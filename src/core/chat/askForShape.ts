import * as z from 'zod';
import { AppError } from '../model/errors.ts';
import { localized } from '../model/localizedText.ts';
import type { Watch } from '../model/api/watch.ts';
import type { ChatMessage, ChatModel, ChatRequest } from '../model/ports/chatModel.ts';

export interface ShapedQuestion<Answer> extends Omit<ChatRequest, 'shape'> {
  readonly schema: z.ZodType<Answer>;
  /** What is wrong with an answer of the right shape, for the model to read. */
  readonly fault?: (answer: Answer) => string | undefined;
}

/** Values for schemas: what is asked of models is written with them. */
export { z };

/**
 * Asks for JSON of a shape. A wrong answer is asked for once more, with what was wrong, and then
 * refused.
 *
 * @throws AppError `model-answer-unusable`, and as `ChatModel.complete`
 */
export async function askForShape<Answer>(
  model: ChatModel,
  { schema, fault, ...question }: ShapedQuestion<Answer>,
  watch: Pick<Watch, 'signal'> = {},
): Promise<Answer> {
  const shape = z.toJSONSchema(schema) as Readonly<Record<string, unknown>>;
  const rule = `Answer with one JSON document and nothing else. Its JSON Schema:\n${JSON.stringify(shape)}`;
  let messages: readonly ChatMessage[] = [...question.messages, { role: 'user', content: rule }];
  let wrong = '';
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const { text, isCut } = await model.complete({ ...question, messages, shape }, watch);
    const read = readAnswer(text, schema, fault);
    if ('answer' in read) return read.answer;
    wrong = isCut ? 'it was too long and was cut' : read.wrong;
    messages = [
      ...messages,
      { role: 'assistant', content: text.slice(0, LONGEST_QUOTE) },
      { role: 'user', content: `That cannot be used: ${wrong}. Answer again, with JSON alone.` },
    ];
  }
  throw new AppError(
    'model-answer-unusable',
    localized`${model.name} gave no usable answer, even when asked twice: ${wrong}`,
  );
}

const LONGEST_QUOTE = 4_000;

function readAnswer<Answer>(
  text: string,
  schema: z.ZodType<Answer>,
  fault: ((answer: Answer) => string | undefined) | undefined,
): { readonly answer: Answer } | { readonly wrong: string } {
  const value = parseJson(text);
  if (value === undefined) return { wrong: 'it is no JSON' };
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { wrong: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong shape'}` };
  }
  const wrong = fault?.(parsed.data);
  return wrong === undefined ? { answer: parsed.data } : { wrong };
}

/** The document, also where a model thinks before it or puts a fence around it. */
function parseJson(text: string): unknown {
  const thought = text.lastIndexOf('</think>');
  const said = thought < 0 ? text : text.slice(thought + '</think>'.length);
  const [start, end] = [
    said.search(/[[{]/),
    Math.max(said.lastIndexOf('}'), said.lastIndexOf(']')),
  ];
  if (start < 0 || end < start) return undefined;
  try {
    return JSON.parse(said.slice(start, end + 1));
  } catch {
    return undefined;
  }
}
