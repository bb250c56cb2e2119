import { isOwn } from '../../../library/read/listing.ts';
import { isChange } from '../../../library/read/symbols.ts';
import { REUSE_GROUPS, type ReuseGroup } from '../../../model/api/find.ts';
import type { ListedRow, Symbols } from '../../../model/ports/listing.ts';
import { isCandidate } from '../fold.ts';
import type { Grouped } from './areas.ts';

/** Files beside its own that use a helper, as far as names tell. */
const LEAST_USERS = 2;
/** Places from which on the same code, but for names and values, was worth writing again. */
const LEAST_PLACES = 3;
/** A single expression is worth a row only where it is used all over the project. */
const TINY_LINES = 4;
const USERS_OF_TINY = 5;

/** What every class or module has, and what the language or a framework calls. */
const PLUMBING =
  /^(?:__\w+__|constructor|initialize|init|new|default|main|clone|copy|fmt|drop|from|into|to_?(?:string|s|h|a|json|param)|inspect|equals|hash_?code|get_?hash_?code|string|error|unwrap|is_?valid|dispose|close|render|call|run|handle|execute|set_?up|tear_?down|up|down|change|perform|index|show|create|update|destroy|edit|get|set|add|put|has|next|hash|eq|cmp|partial_?cmp|deref)$/i;

/**
 * What one would use again, group by group. Accessors, plumbing, parts of functions, what handles a
 * single route or event, tests and what is gone are left to search.
 */
export function reusableAmong(
  rows: readonly ListedRow[],
  { symbols, wantsTests }: { readonly symbols: Symbols; readonly wantsTests: boolean },
): Grouped {
  const groups = new Map<ReuseGroup, ListedRow[]>(REUSE_GROUPS.map((group) => [group, []]));
  const functions = new Set(rows.filter(isFunction).map(placeOf));
  for (const row of rows) {
    if (isChange(row) || symbols.isGone(row.id)) continue;
    const group = groupOf(row, functions);
    if (group !== undefined && (group !== 'tests' || row.kind === 'idiom' || wantsTests)) {
      groups.get(group)?.push(row);
    }
  }
  return groups;
}

function groupOf(row: ListedRow, functions: ReadonlySet<string>): ReuseGroup | undefined {
  if (isOwn(row)) return 'own';
  if (row.kind === 'test') return 'tests';
  if (row.kind === 'idiom') return groupOfIdiom(row);
  if (row.source === 'imported') return 'packs';
  if (row.inTests || isPart(row, functions) || isPlumbing(row)) return undefined;
  if (row.mentions >= LEAST_USERS) return isTiny(row) ? undefined : 'helpers';
  return row.support >= LEAST_PLACES && row.complexity > 1 ? 'recurring' : undefined;
}

function groupOfIdiom(row: ListedRow): ReuseGroup | undefined {
  if (isCandidate(row)) return undefined;
  return row.inTests ? 'tests' : 'idioms';
}

function isPlumbing({ qualifiedName, isAccessor }: ListedRow): boolean {
  const name = qualifiedName.slice(qualifiedName.lastIndexOf('.') + 1);
  // What has no name of its own is called by its route or by the test it stands in.
  return isAccessor || PLUMBING.test(name) || !/^[\p{L}_$#@][\p{L}\p{N}_$]*[?!=]?$/u.test(name);
}

function isTiny({ complexity, lines, mentions }: ListedRow): boolean {
  return complexity === 1 && lines < TINY_LINES && mentions < USERS_OF_TINY;
}

function isFunction({ kind }: ListedRow): boolean {
  return kind === 'function';
}

function placeOf({ path, qualifiedName }: ListedRow): string {
  return `${path ?? ''}\n${qualifiedName}`;
}

/** Whether it stands within a function, from where nobody else can call it. */
function isPart({ path, qualifiedName }: ListedRow, functions: ReadonlySet<string>): boolean {
  for (let at = qualifiedName.lastIndexOf('.'); at > 0;) {
    const around = qualifiedName.slice(0, at);
    if (functions.has(`${path ?? ''}\n${around}`)) return true;
    at = around.lastIndexOf('.');
  }
  return false;
}
