import { basename, dirname, join } from 'node:path';
import { readIfPossible } from '../../platform/disk.ts';
import { addMark, addResponse, addStep, answerCall, createDraft } from '../draft.ts';
import { finishDraft, noteTime, skip } from '../draft.ts';
import type { Draft } from '../draft.ts';
import type { WholeFormat } from '../format.ts';
import { readJson } from '../reading/document.ts';
import { isObject, list, nested, number, object, plainText, text, time } from '../reading/json.ts';
import type { JsonObject } from '../reading/json.ts';
import { inclusiveUsage, tokens } from '../usage.ts';
import { anthropicCall } from './shared/anthropicTools.ts';
import { response } from './shared/response.ts';

/** The Agent Trajectory Interchange Format, in which agents and harnesses exchange what was done. */
export const atif: WholeFormat = {
  kind: 'whole',
  agents: ['atif'],
  matches: ({ rows, head }) =>
    rows.some((row) => String(row['schema_version']).startsWith('ATIF')) ||
    /"schema_version"\s*:\s*"ATIF/.test(head.slice(0, 4000)),
  files: (path) => [path, rewardOf(path)],
  read: (path, reading) => {
    const { value, fault } = readJson(path);
    const trajectory = object(value);
    const draft = createDraft(
      'atif',
      text(trajectory['session_id']) ?? basename(path, '.json'),
      reading.kept,
    );
    if (fault !== undefined) skip(draft, fault);
    const agent = object(trajectory['agent']);
    draft.session.agentVersion = text(agent['version']);
    for (const step of list(trajectory['steps'])) {
      if (isObject(step)) readStep(draft, step, text(agent['model_name']));
      else skip(draft, 'no object');
    }
    readReward(draft, rewardOf(path));
    return [finishDraft(draft)];
  },
};

function rewardOf(path: string): string {
  return join(dirname(dirname(path)), 'verifier', 'reward.txt');
}

/** What the check of a task gave, where a harness ran it: 1 is all. */
function readReward(draft: Draft, path: string): void {
  const reward = Number.parseFloat(readIfPossible(path)?.toString('utf8') ?? '');
  if (Number.isNaN(reward)) return;
  addMark(draft, { kind: 'label', at: undefined, text: `reward ${reward}`, isGood: reward >= 1 });
}

function readStep(draft: Draft, step: JsonObject, usual: string | undefined): void {
  const at = time(step['timestamp']);
  noteTime(draft, at);
  const model = text(step['model_name']) ?? usual;
  const key = `${draft.session.id}:${number(step['step_id']) ?? at}`;
  const said = object(step['metrics']);
  const input = tokens(said, 'prompt_tokens');
  const usage = inclusiveUsage({
    ...{ input, output: tokens(said, 'completion_tokens') },
    cacheRead: tokens(said, 'cached_tokens'),
    // Our own exports tell what the format has no field for.
    cacheWrite: tokens(object(said['extra']), 'cache_write_tokens'),
    reasoning: tokens(object(said['extra']), 'reasoning_tokens'),
  });
  if (input !== undefined || usage.output > 0) {
    addResponse(
      draft,
      response(key, model, usage, {
        at,
        contextTokens: input,
        loggedUsd: number(said['cost_usd']),
      }),
    );
  }
  const source =
    step['source'] === 'user' ? 'user' : step['source'] === 'agent' ? 'agent' : 'system';
  addStep(draft, {
    ...{ at, source, model, text: plainText(step['message']), response: key },
    calls: list(step['tool_calls'])
      .map(object)
      .map((call) =>
        anthropicCall(
          text(call['tool_call_id']) ?? '',
          text(call['function_name']) ?? '',
          nested(call['arguments']),
        ),
      ),
  });
  for (const result of list(object(step['observation'])['results']).map(object)) {
    answerCall(draft, text(result['source_call_id']) ?? '', {
      at,
      text: plainText(result['content']),
    });
  }
}
