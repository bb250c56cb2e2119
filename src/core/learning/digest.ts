import type { Session, Step } from '../model/sessions/session.ts';
import { actionsOf } from './actions/actions.ts';
import { isChange } from './actions/changes.ts';
import { errorLineOf } from './actions/errorLine.ts';

/** Of what was said and of what came back. */
const LONGEST = 240;

/**
 * The steps of a session in few words, for a model: what was said, done and answered. Where that is
 * too long, steps that changed something or failed come first.
 *
 * @param most characters of the whole
 */
export function digestOf(session: Session, most: number): string {
  const actions = actionsOf(session);
  const notable = new Set(
    actions
      .filter((action) => isChange(action) || errorLineOf(action) !== undefined)
      .map(({ step }) => step),
  );
  const lines = session.steps.map((step, at) => ({ at, line: describe(step, at) }));
  const byWorth = [...lines].sort(
    (a, b) => Number(notable.has(b.at)) - Number(notable.has(a.at)) || a.at - b.at,
  );
  let left = most;
  const kept = new Set(
    byWorth.flatMap(({ at, line }) => {
      left -= line.length + 1;
      return left < 0 ? [] : [at];
    }),
  );
  return lines
    .filter(({ at }) => kept.has(at))
    .map(({ line }) => line)
    .join('\n');
}

function describe({ source, subagent, text, toolCalls }: Step, at: number): string {
  const calls = toolCalls.map(({ name, command, reads, edits, observation }) => {
    const what = command ?? reads ?? edits.map(({ path }) => path).join(' ');
    const came = observation === undefined ? '' : ` => ${short(observation.text)}`;
    return ` | ${name} ${short(what)}${came}`;
  });
  return `[${at}] ${subagent ?? source}: ${short(text)}${calls.join('')}`;
}

/** Beginning and end, on one line. */
function short(text: string): string {
  const line = text
    .slice(0, 20 * LONGEST)
    .replace(/\s+/g, ' ')
    .trim();
  if (line.length <= LONGEST) return line;
  return `${line.slice(0, LONGEST / 2)} … ${line.slice(-LONGEST / 2)}`;
}
