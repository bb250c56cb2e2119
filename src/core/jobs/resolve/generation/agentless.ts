import type { ChatMessage, ChatRequest } from '../../../model/ports/chatModel.ts';
import { isTestPath } from '../../../model/sourceFile/testPath.ts';
import type { PatchGeneration, TestGeneration } from '../../../model/resolution/stages.ts';
import { localized } from '../../../model/localizedText.ts';
import { openSourceTree } from '../sourceTree.ts';
import { editsToPatch } from './editsToPatch.ts';
import {
  ANSWER_TOKENS,
  answerWithin,
  type ModelGenerationParts,
  openingMessages,
} from './modelContext.ts';

export interface AgentlessGeneration extends ModelGenerationParts {
  /** Patches that are asked for; 8 when absent. */
  readonly samples?: number;
  /** Tests that are asked for; 3 when absent. */
  readonly tests?: number;
}

const SAMPLES = 8;
const TESTS = 3;
const TEMPERATURE = 0.8;

const FIX: ChatMessage = {
  role: 'user',
  content: 'Write the edits that fix the issue. Change no tests.',
};
const REPRODUCE: ChatMessage = {
  role: 'user',
  content:
    'Write one new file of tests, for the test runner of the project, whose tests fail because of the issue and pass when it is fixed. Write it as one edit that makes a new file.',
};

/**
 * The way of Agentless: independent samples of one question, the first of them the likeliest answer,
 * and tests that are written without sight of any patch. An answer that does not apply is left out.
 *
 * Source: Xia et al., “Agentless: Demystifying LLM-based Software Engineering Agents”, 2024.
 */
export function createAgentlessGeneration(
  parts: AgentlessGeneration,
): PatchGeneration & TestGeneration {
  const { model, samples = SAMPLES, tests = TESTS } = parts;
  return {
    name: 'agentless',
    parameters: { samples, tests, temperature: TEMPERATURE, model: model.name },
    async *generate(context, instance, watch = {}) {
      const tree = await openSourceTree(instance, parts.tree(instance.folder), watch.signal);
      try {
        const opening = await openingMessages(parts, context, instance, tree);
        for (let sample = 0; sample < samples; sample += 1) {
          const text = await answerWithin(model, questionOf(opening, FIX, sample), watch);
          if (text === undefined) return;
          const made = await editsToPatch(text, tree, (path) => !isTestPath(path), {
            origin: { by: 'agentless', sample },
            why: [localized`a language model wrote it`],
          });
          if ('patch' in made) yield made.patch;
        }
      } finally {
        await tree.close();
      }
    },
    async *generateTests(context, instance, watch = {}) {
      const tree = await openSourceTree(instance, parts.tree(instance.folder), watch.signal);
      try {
        const opening = await openingMessages(parts, context, instance, tree);
        for (let sample = 0; sample < tests; sample += 1) {
          const text = await answerWithin(model, questionOf(opening, REPRODUCE, sample), watch);
          if (text === undefined) return;
          const made = await editsToPatch(text, tree, isTestPath, {
            origin: { by: 'agentless', sample },
          });
          const [file, ...others] = 'patch' in made ? made.patch.files : [];
          if ('patch' in made && file?.kind === 'added' && others.length === 0) {
            yield { patch: made.patch, path: file.path, isBlind: true };
          }
        }
      } finally {
        await tree.close();
      }
    },
  };
}

function questionOf(
  opening: readonly ChatMessage[],
  asked: ChatMessage,
  sample: number,
): ChatRequest {
  return {
    messages: [...opening, asked],
    maxTokens: ANSWER_TOKENS,
    temperature: sample === 0 ? 0 : TEMPERATURE,
    sample,
  };
}
