import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import type { ChatAnswer, ChatModel, ChatRequest } from '../model/ports/chatModel.ts';
import { makePrivateFolder, readIfPossible, replaceDerivedFile } from '../platform/disk.ts';

/**
 * A model that is asked each question once: answers are kept by what was sent, where, and to whom.
 * One that was cut is not kept: asked again, the model may come to its end.
 *
 * @param derived folder of the library for what can be made anew
 */
export function withKeptAnswers(model: ChatModel, derived: string, place: string): ChatModel {
  const folder = join(derived, 'answers-1');
  return {
    name: model.name,
    async complete(request, watch) {
      const file = join(folder, `${keyOf(request, `${place} ${model.name}`)}.json`);
      const kept = readKept(file);
      if (kept !== undefined) return kept;
      const answer = await model.complete(request, watch);
      if (answer.isCut) return answer;
      if (fs.existsSync(derived)) makePrivateFolder(folder);
      replaceDerivedFile(file, [Buffer.from(JSON.stringify(answer))]);
      return answer;
    },
  };
}

function keyOf(request: ChatRequest, model: string): string {
  const { messages, maxTokens, temperature, sample, shape } = request;
  const content = JSON.stringify([model, messages, maxTokens, temperature, sample, shape]);
  return createHash('sha256').update(content).digest('hex').slice(0, 40);
}

/** With what it took when it was asked: a budget around the model does not see it again. */
function readKept(file: string): ChatAnswer | undefined {
  const bytes = readIfPossible(file);
  if (bytes === undefined) return undefined;
  try {
    const { text, isCut, usage } = JSON.parse(bytes.toString('utf8')) as Partial<ChatAnswer>;
    if (typeof text !== 'string' || isCut !== false || usage === undefined) return undefined;
    return { text, isCut, usage };
  } catch {
    return undefined;
  }
}
