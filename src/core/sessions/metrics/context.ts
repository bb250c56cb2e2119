import type { ModelResponse, Session } from '../../model/sessions/session.ts';
import type { ContextMetric, Exactness } from '../../model/sessions/sessionReport.ts';
import { isoTime } from './isoTime.ts';
import { listedWindow } from './listedPrices.ts';
import { plainName } from './prices.ts';

const CLAUDE_WINDOW = 200_000;
const CLAUDE_LARGE_WINDOW = 1_000_000;
const GEMINI_WINDOW = 1_048_576;

/** How full the window of the main conversation was, response by response. */
export function measureContext(session: Session): {
  readonly context: ContextMetric;
  readonly exactness: Exactness;
} {
  const main = session.responses.filter(isMain);
  const windowTokens = windowOf(session, main);
  const curve = main.map(({ at, contextTokens = 0 }) => ({
    at: isoTime(at),
    tokens: contextTokens,
  }));
  const ratios =
    windowTokens === undefined
      ? session.contextRatios
      : curve.map(({ tokens }) => tokens / windowTokens);
  return {
    context: {
      averageRatio: ratios.length === 0 ? null : ratios.reduce((a, b) => a + b, 0) / ratios.length,
      maxRatio: ratios.length === 0 ? null : ratios.reduce((a, b) => Math.max(a, b), 0),
      windowTokens: windowTokens ?? null,
      compactions: compactionsOf(session, main),
      curve,
    },
    exactness: exactnessOf(session, ratios.length),
  };
}

function isMain({ subagent, contextTokens, certainty }: ModelResponse): boolean {
  const isAsked = subagent === undefined && certainty !== 'estimate';
  return isAsked && contextTokens !== undefined && contextTokens > 0;
}

function exactnessOf({ windowTokens, contextRatios }: Session, points: number): Exactness {
  if (points === 0) return 'not-measured';
  // Which window a plan gives is told by few logs.
  return windowTokens !== undefined || contextRatios.length > 0 ? 'exact' : 'estimate';
}

function compactionsOf(
  { compactions }: Session,
  main: readonly ModelResponse[],
): ContextMetric['compactions'] {
  return compactions.map(({ at, trigger, tokensBefore, tokensAfter }) => {
    const next = main.find((response) => at !== undefined && (response.at ?? 0) > at);
    return {
      ...{ at: isoTime(at), trigger, tokensBefore: tokensBefore ?? null },
      tokensAfter: tokensAfter ?? next?.contextTokens ?? null,
    };
  });
}

function windowOf(session: Session, main: readonly ModelResponse[]): number | undefined {
  if (session.windowTokens !== undefined) return session.windowTokens;
  const last = main.at(-1);
  if (last === undefined) return undefined;
  if (/^(?:.*\/)?claude-/.test(last.model)) return claudeWindow(session, main);
  if (/^(?:.*\/)?gemini-/.test(last.model)) return GEMINI_WINDOW;
  return listedWindow(plainName(last.model), last.vendor);
}

/** Models with a large window, where the plan gives it; what was held says more than the name. */
const LARGE = /opus-4-[78]|fable-5/;

function claudeWindow({ agentVersion }: Session, main: readonly ModelResponse[]): number {
  const isLarge = main.some(
    ({ model, contextTokens = 0 }) =>
      contextTokens > CLAUDE_WINDOW ||
      LARGE.test(model) ||
      model.endsWith('[1m]') ||
      (model.includes('opus-4-6') && isFrom(agentVersion, [2, 1, 80])),
  );
  return isLarge ? CLAUDE_LARGE_WINDOW : CLAUDE_WINDOW;
}

function isFrom(version: string | undefined, least: readonly number[]): boolean {
  const parts = version?.split('.').map(Number) ?? [];
  for (const [at, want] of least.entries()) {
    const have = parts[at] ?? 0;
    if (have !== want) return have > want;
  }
  return true;
}
