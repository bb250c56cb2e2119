import type { Session, ToolCall } from '../../model/sessions/session.ts';
import type { WorkMetric } from '../../model/sessions/sessionReport.ts';

/** As many times make a loop of it. */
const LOOP = 3;

export function measureWork({ steps, marks }: Session): WorkMetric {
  const calls = steps.flatMap(({ toolCalls }) => toolCalls);
  const edits = calls.filter(hasWorked).flatMap((call) => call.edits);
  const failed = calls.filter(({ observation }) => isFault(observation?.error));
  const count = (kind: string): number => marks.filter((mark) => mark.kind === kind).length;
  return {
    prompts: steps.filter(({ source, subagent }) => source === 'user' && subagent === undefined)
      .length,
    steps: steps.length,
    toolCalls: calls.length,
    filesChanged: [...new Set(edits.map(({ path }) => path))],
    linesAdded: edits.reduce((all, { added }) => all + added, 0),
    linesRemoved: edits.reduce((all, { removed }) => all + removed, 0),
    reworkLoops: often(edits.filter(({ isRework }) => isRework).map(({ path }) => path)).map(
      ([path, times]) => ({ path, edits: times }),
    ),
    repeatedFailures: often(
      failed.flatMap(({ command }) => command ?? []),
      2,
    ).map(([command, times]) => ({ command: command.slice(0, 300), times })),
    repeatedReads: often(calls.flatMap(({ reads }) => reads ?? [])).map(([path, times]) => ({
      path,
      times,
    })),
    errors: countBy(calls.flatMap(({ observation }) => observation?.error ?? [])),
    recovered: recoveredOf(calls),
    rejections: calls.filter(({ observation }) => observation?.error === 'rejected').length,
    interruptions: count('interrupted'),
    commits: count('commit'),
  };
}

function hasWorked({ observation }: ToolCall): boolean {
  return observation?.error === undefined;
}

function isFault(error: string | undefined): boolean {
  return error === 'command' || error === 'tool';
}

function countBy(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** What comes at least as many times, most often first. */
function often(names: readonly string[], least = LOOP): readonly (readonly [string, number])[] {
  return [...new Map(Object.entries(countBy(names)))]
    .filter(([, times]) => times >= least)
    .sort(([, a], [, b]) => b - a);
}

function recoveredOf(calls: readonly ToolCall[]): number {
  const failing = new Set<string>();
  let recovered = 0;
  for (const { name, observation } of calls) {
    if (isFault(observation?.error)) failing.add(name);
    else if (observation !== undefined && failing.delete(name)) recovered += 1;
  }
  return recovered;
}
