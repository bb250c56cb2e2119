import type { OwnPrices } from '../../model/config.ts';
import type { ModelResponse, Session, Step, ToolCall } from '../../model/sessions/session.ts';
import { priceOf } from '../metrics/prices.ts';

const VERSION = 'ATIF-v1.4';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A session in the Agent Trajectory Interchange Format. Usage stands at the first step of its
 * response, or at a step of its own, so that the sum over all steps is that of the session.
 *
 * Source: the Harbor framework's request for comments 0001, "trajectory format".
 */
export function toAtif(session: Session, own: OwnPrices): Fields {
  // What is told second hand is not part of the totals.
  const responses = session.responses.filter(({ certainty }) => certainty !== 'estimate');
  const owed = new Map(responses.map((response) => [response.key, response]));
  const steps = session.steps.map((step) => {
    const response = owed.get(step.response ?? '');
    if (response !== undefined) owed.delete(response.key);
    return toStep(step, response && toMetrics(response, own));
  });
  const silent = [...owed.values()].map((response) =>
    toStep(
      { at: response.at, source: 'agent', text: '', model: response.model, toolCalls: [] },
      toMetrics(response, own),
    ),
  );
  const all = [...steps, ...silent].map((step, at) => ({ step_id: at + 1, ...step }));
  return {
    schema_version: VERSION,
    session_id: session.id,
    agent: {
      name: session.agent,
      version: session.agentVersion ?? 'unknown',
      ...(session.models[0] !== undefined && { model_name: session.models[0] }),
    },
    steps: all,
    final_metrics: { ...totalsOf(responses, own), total_steps: all.length },
  };
}

function toStep(
  step: Pick<Step, 'at' | 'source' | 'text' | 'model' | 'toolCalls'> &
    Partial<Pick<Step, 'subagent'>>,
  metrics: Fields | undefined,
): Fields {
  const { at, source, text, model, toolCalls, subagent } = step;
  const results = toolCalls.flatMap(({ id, observation }) =>
    observation === undefined ? [] : [{ source_call_id: id, content: observation.text }],
  );
  return {
    ...(at !== undefined && { timestamp: new Date(at).toISOString() }),
    source,
    ...(source === 'agent' && model !== undefined && { model_name: model }),
    message: text,
    ...(toolCalls.length > 0 && { tool_calls: toolCalls.map(toCall) }),
    ...(results.length > 0 && { observation: { results } }),
    ...(metrics !== undefined && { metrics }),
    ...(subagent !== undefined && { extra: { subagent } }),
  };
}

function toCall({ id, name, command, reads, edits }: ToolCall): Fields {
  const [edited] = edits;
  return {
    tool_call_id: id,
    function_name: name,
    arguments: {
      ...(command !== undefined && { command }),
      ...(reads !== undefined && { file_path: reads }),
      ...(edited !== undefined && { file_path: edited.path }),
    },
  };
}

/** What came out of a cache, or was written to one, is part of the prompt. */
function toMetrics(response: ModelResponse, own: OwnPrices): Fields {
  const { input, cacheRead, cacheWrite, cacheWrite1h, output, reasoning } = response.usage;
  const price = priceOf(response, own);
  return {
    prompt_tokens: input + cacheRead + cacheWrite,
    completion_tokens: output,
    cached_tokens: cacheRead,
    ...(price !== undefined && { cost_usd: price.usd }),
    extra: {
      cache_write_tokens: cacheWrite,
      cache_write_1h_tokens: cacheWrite1h,
      reasoning_tokens: reasoning,
    },
  };
}

function totalsOf(responses: readonly ModelResponse[], own: OwnPrices): Fields {
  const sum = (of: (response: ModelResponse) => number): number =>
    responses.reduce((all, response) => all + of(response), 0);
  const prices = responses.map((response) => priceOf(response, own));
  return {
    total_prompt_tokens: sum(({ usage }) => usage.input + usage.cacheRead + usage.cacheWrite),
    total_completion_tokens: sum(({ usage }) => usage.output),
    total_cached_tokens: sum(({ usage }) => usage.cacheRead),
    ...(prices.every((price) => price !== undefined) && {
      total_cost_usd: prices.reduce((all, price) => all + price.usd, 0),
    }),
  };
}
