import { parseArgs } from 'node:util';
import { askForShape, z } from '../../src/core/chat/askForShape.ts';
import { createOpenAiModel } from '../../src/core/chat/openAiModel.ts';
import type { ChatModel } from '../../src/core/model/ports/chatModel.ts';
import { resolveSample } from './resolveSample.ts';

/**
 * Asks a real model behind an address what the port asks of every model, and prints what came back:
 * `npm run check-model -- --address http://127.0.0.1:11434/v1 --model qwen3:4b`
 */
const { address, model: name } = parseArgs({
  options: {
    address: { type: 'string', default: 'http://127.0.0.1:11434/v1' },
    model: { type: 'string', default: '' },
  },
}).values;

const model = createOpenAiModel({ address, name, key: process.env['PATTERN_FOUNDRY_MODEL_KEY'] });

const CHECKS: Readonly<Record<string, (model: ChatModel) => Promise<unknown>>> = {
  'a sentence': (asked) =>
    asked.complete({
      messages: [{ role: 'user', content: 'Say in one sentence what a unit test is.' }],
      maxTokens: 100,
    }),
  'JSON of a shape': (asked) =>
    askForShape(asked, {
      messages: [
        {
          role: 'user',
          content: 'Steps: 0 reads a file, 1 edits it, 2 runs the tests, which pass.',
        },
        { role: 'user', content: 'Which step changed something, and why?' },
      ],
      maxTokens: 200,
      schema: z.object({ step: z.number(), why: z.string() }),
    }),
  'an answer that is cut': (asked) =>
    asked.complete({
      messages: [{ role: 'user', content: 'Count from 1 to 1000 in words.' }],
      maxTokens: 20,
    }),
  'a stop after 300 ms': (asked) =>
    asked.complete(
      { messages: [{ role: 'user', content: 'Tell a long story.' }], maxTokens: 2000 },
      { signal: AbortSignal.timeout(300) },
    ),
  'an issue, by independent samples': (asked) => resolveSample(asked, 'agentless'),
  'an issue, by revising edit and test': (asked) => resolveSample(asked, 'codemonkeys'),
};

async function main(): Promise<void> {
  for (const [what, check] of Object.entries(CHECKS)) {
    const startMs = performance.now();
    const came = await check(model).catch((error: unknown) => ({ error: String(error) }));
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
    console.log(`${what} (${seconds} s):`, JSON.stringify(came));
  }
}

void main();
