import type { EpochMs } from '../../model/epochMs.ts';
import type { Session, ToolCall } from '../../model/sessions/session.ts';
import type { WorkMetric } from '../../model/sessions/sessionReport.ts';
import { isoTime } from './isoTime.ts';

interface TimedCall extends ToolCall {
  readonly at: EpochMs | undefined;
}

/** As many times make a loop of it. */
const LOOP = 3;

export function measureWork({ steps, marks }: Session): WorkMetric {
  const calls = steps.flatMap(({ at, toolCalls }) =>
    toolCalls.map((call): TimedCall => ({ ...call, at: call.observation?.at ?? at })),
  );
  const worked = calls.filter(hasWorked);
  const edits = worked.flatMap((call) => call.edits);
  const errors = countBy(namesOf(calls, ({ observation }) => [observation?.error]));
  const count = (kind: string): number => marks.filter((mark) => mark.kind === kind).length;
  return {
    prompts: steps.filter(({ source, subagent }) => source === 'user' && subagent === undefined)
      .length,
    steps: steps.length,
    toolCalls: calls.length,
    filesChanged: [...new Set(edits.map(({ path }) => path))],
    linesAdded: edits.reduce((all, { added }) => all + added, 0),
    linesRemoved: edits.reduce((all, { removed }) => all + removed, 0),
    reworkLoops: often(
      namesOf(worked, (call) =>
        call.edits.map(({ path, isRework }) => (isRework ? path : undefined)),
      ),
    ).map(([path, { times, ...last }]) => ({ path, edits: times, ...last })),
    repeatedFailures: often(
      namesOf(calls, ({ command, observation }) => [
        isFault(observation?.error) ? command : undefined,
      ]),
      2,
    ).map(([command, repeated]) => ({ command: command.slice(0, 300), ...repeated })),
    repeatedReads: often(namesOf(calls, ({ reads }) => [reads])).map(([path, repeated]) => ({
      path,
      ...repeated,
    })),
    errors: Object.fromEntries([...errors].map(([kind, { times }]) => [kind, times])),
    lastErrors: Object.fromEntries(
      [...errors].flatMap(([kind, { lastAt }]) => (lastAt === undefined ? [] : [[kind, lastAt]])),
    ),
    recovered: recoveredOf(calls),
    rejections: calls.filter(({ observation }) => observation?.error === 'rejected').length,
    interruptions: count('interrupted'),
    commits: count('commit'),
    commitTimes: marks.flatMap(({ kind, at }) => (kind === 'commit' ? (isoTime(at) ?? []) : [])),
  };
}

function hasWorked({ observation }: ToolCall): boolean {
  return observation?.error === undefined;
}

function isFault(error: string | undefined): boolean {
  return error === 'command' || error === 'tool';
}

interface Named {
  readonly name: string;
  readonly at: EpochMs | undefined;
}

/** What is named by each call, with when that was. */
function namesOf(
  calls: readonly TimedCall[],
  namesIn: (call: TimedCall) => readonly (string | undefined)[],
): readonly Named[] {
  const found: Named[] = [];
  for (const call of calls) {
    for (const name of namesIn(call)) if (name !== undefined) found.push({ name, at: call.at });
  }
  return found;
}

interface Repeated {
  readonly times: number;
  readonly lastAt?: string;
}

function countBy(all: readonly Named[]): ReadonlyMap<string, Repeated> {
  const counts = new Map<string, { times: number; at: EpochMs | undefined }>();
  for (const { name, at } of all) {
    const count = counts.get(name);
    if (count === undefined) counts.set(name, { times: 1, at });
    else {
      count.times += 1;
      count.at = at ?? count.at;
    }
  }
  const told = [...counts].map(([name, { times, at }]): [string, Repeated] => {
    const lastAt = isoTime(at);
    return [name, { times, ...(lastAt !== null && { lastAt }) }];
  });
  return new Map(told);
}

/** What comes at least as many times, most often first. */
function often(all: readonly Named[], least = LOOP): readonly (readonly [string, Repeated])[] {
  return [...countBy(all)]
    .filter(([, { times }]) => times >= least)
    .sort(([, a], [, b]) => b.times - a.times);
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
