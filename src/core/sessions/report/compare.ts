import type { LastingReport, SessionComparison } from '../../model/sessions/sessionReport.ts';

interface Figure {
  readonly name: string;
  readonly of: (report: LastingReport) => number | null;
}

const FIGURES: readonly Figure[] = [
  { name: 'completion rate', of: ({ completion }) => completion?.rate ?? null },
  { name: 'average context', of: ({ context }) => context.averageRatio },
  { name: 'maximum context', of: ({ context }) => context.maxRatio },
  { name: 'compactions', of: ({ context }) => context.compactions.length },
  { name: 'tokens', of: ({ tokens, exactness }) => measured(tokens.total, exactness.tokens) },
  {
    name: 'output tokens',
    of: ({ tokens, exactness }) => measured(tokens.output, exactness.tokens),
  },
  { name: 'cost (US dollars)', of: ({ costUsd }) => costUsd },
  { name: 'active minutes', of: ({ time }) => toMinutes(time.activeMs) },
  { name: 'wall minutes', of: ({ time }) => toMinutes(time.wallMs) },
  { name: 'test runs', of: ({ tests }) => tests.runs },
  { name: 'failed test runs', of: ({ tests }) => tests.failed },
  { name: 'coverage (%)', of: ({ coverage }) => coverage?.percent ?? null },
  { name: 'files changed', of: ({ work }) => work.filesChanged.length },
  { name: 'lines added', of: ({ work }) => work.linesAdded },
  { name: 'tool calls', of: ({ work }) => work.toolCalls },
  { name: 'errors', of: ({ work }) => (work.errors['command'] ?? 0) + (work.errors['tool'] ?? 0) },
];

function measured(value: number, exactness: string): number | null {
  return exactness === 'not-measured' ? null : value;
}

function toMinutes(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms / 6000) / 10;
}

/** Fewer sessions say nothing of how much they differ by themselves. */
const FEWEST_FOR_SPREAD = 5;

/**
 * Two sessions side by side. A difference stands out where it is larger than twice the standard
 * deviation of the person's own sessions.
 *
 * @param own other sessions of the same person
 */
export function compareSessions(
  pair: readonly [LastingReport, LastingReport],
  own: readonly LastingReport[],
): SessionComparison {
  const rows = FIGURES.map(({ name, of }) => {
    const [first, second] = [of(pair[0]), of(pair[1])];
    const difference = first === null || second === null ? null : second - first;
    const spread = spreadOf(own.map(of).filter((value) => value !== null));
    const standsOut =
      difference === null || spread === null ? null : Math.abs(difference) > 2 * spread;
    return { name, values: [first, second] as const, difference, spread, standsOut };
  });
  return { ids: [pair[0].id, pair[1].id], ownSessions: own.length, rows };
}

function spreadOf(values: readonly number[]): number | null {
  if (values.length < FEWEST_FOR_SPREAD) return null;
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
