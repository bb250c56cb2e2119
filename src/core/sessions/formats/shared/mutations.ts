import { skip } from '../../draft.ts';
import type { Draft } from '../../draft.ts';
import { list, number, object } from '../../reading/json.ts';
import type { Json, JsonObject } from '../../reading/json.ts';
import { readRows } from '../../reading/rows.ts';

const MOST_ITEMS = 100_000;

/**
 * The state a log of changes leads to: kind 0 sets all of it, 1 sets what a path names, 2 cuts a
 * list there to `i` items and adds more, 3 deletes. A change that leads nowhere is counted.
 */
export function replayMutations(draft: Draft, path: string): JsonObject {
  let state: Json = {};
  readRows(path, {
    fault: (reason) => {
      skip(draft, reason);
    },
    row: (row) => {
      if (row['kind'] === 0) state = row['v'];
      else if (!apply(state, row)) skip(draft, 'change that leads nowhere');
    },
  });
  return object(state);
}

function apply(state: Json, { kind, k, v, i }: JsonObject): boolean {
  const path = list(k);
  const last = path.at(-1);
  const holder = path.slice(0, -1).reduce(step, state);
  if (!isPlace(last) || typeof holder !== 'object' || holder === null) return false;
  // A list that is told to be very long is a damaged number.
  if (typeof last === 'number' && last > MOST_ITEMS) return false;
  const place = holder as Record<string | number, unknown>;
  if (kind === 1) place[last] = v;
  else if (kind === 2) place[last] = [...list(place[last]).slice(0, number(i)), ...list(v)];
  else if (kind === 3) Reflect.deleteProperty(place, last);
  else return false;
  return true;
}

function step(value: Json, name: Json): Json {
  if (!isPlace(name) || typeof value !== 'object' || value === null) return undefined;
  return Object.hasOwn(value, name) ? (value as Record<string | number, unknown>)[name] : undefined;
}

function isPlace(name: Json): name is string | number {
  if (typeof name === 'number') return Number.isInteger(name) && name >= 0;
  return typeof name === 'string' && name !== '__proto__';
}
