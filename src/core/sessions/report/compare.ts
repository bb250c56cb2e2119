import type {
  FigureUnit,
  LastingReport,
  SessionComparison,
} from '../../model/sessions/sessionReport.ts';

interface Figure {
  readonly name: string;
  readonly unit: FigureUnit;
  readonly of: (report: LastingReport) => number | null;
}

const FIGURES: readonly Figure[] = [
  { name: 'Completion rate', unit: 'ratio', of: ({ completion }) => completion?.rate ?? null },
  { name: 'Average context', unit: 'ratio', of: ({ context }) => context.averageRatio },
  { name: 'Maximum context', unit: 'ratio', of: ({ context }) => context.maxRatio },
  { name: 'Compactions', unit: 'count', of: ({ context }) => context.compactions.length },
  {
    name: 'Tokens',
    unit: 'count',
    of: ({ tokens, exactness }) => measured(tokens.total, exactness.tokens),
  },
  {
    name: 'Output tokens',
    unit: 'count',
    of: ({ tokens, exactness }) => measured(tokens.output, exactness.tokens),
  },
  { name: 'Cost (US dollars)', unit: 'dollars', of: ({ costUsd }) => costUsd },
  { name: 'Active minutes', unit: 'minutes', of: ({ time }) => toMinutes(time.activeMs) },
  { name: 'Wall minutes', unit: 'minutes', of: ({ time }) => toMinutes(time.wallMs) },
  { name: 'Test runs', unit: 'count', of: ({ tests }) => tests.runs },
  { name: 'Failed test runs', unit: 'count', of: ({ tests }) => tests.failed },
  { name: 'Coverage (%)', unit: 'percent', of: ({ coverage }) => coverage?.percent ?? null },
  { name: 'Files changed', unit: 'count', of: ({ work }) => work.filesChanged.length },
  { name: 'Lines added', unit: 'count', of: ({ work }) => work.linesAdded },
  { name: 'Tool calls', unit: 'count', of: ({ work }) => work.toolCalls },
  {
    name: 'Errors',
    unit: 'count',
    of: ({ work }) => (work.errors['command'] ?? 0) + (work.errors['tool'] ?? 0),
  },
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
  const rows = FIGURES.map(({ name, unit, of }) => {
    const [first, second] = [of(pair[0]), of(pair[1])];
    const difference = first === null || second === null ? null : second - first;
    const spread = spreadOf(own.map(of).filter((value) => value !== null));
    const standsOut =
      difference === null || spread === null ? null : Math.abs(difference) > 2 * spread;
    return { name, unit, values: [first, second] as const, difference, spread, standsOut };
  });
  return { ids: [pair[0].id, pair[1].id], ownSessions: own.length, rows };
}

function spreadOf(values: readonly number[]): number | null {
  if (values.length < FEWEST_FOR_SPREAD) return null;
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
