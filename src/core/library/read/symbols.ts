import type { PatternId } from '../../model/pattern.ts';
import type { ListedRow, Symbols } from '../../model/ports/listing.ts';
import type { Sqlite } from '../../platform/sqlite.ts';

/** A place as two numbers: where a symbol is, and what it is called wherever it is. */
export interface SymbolKeys {
  readonly placed: number;
  readonly named: number;
}

/** A row with where its texts stand. */
export interface PlacedRow extends ListedRow {
  /** Empty where it was not read from a file or from history. */
  readonly symbols: readonly SymbolKeys[];
}

/** Where one text of a pattern stands. */
export interface TextPlace {
  /** The pattern in force for it. */
  readonly id: PatternId;
  readonly project: number;
  /** JSON of what was told of a text that came without its file. */
  readonly provenance: string | null;
  readonly path: string | null;
  readonly symbol: SymbolKeys | undefined;
  /** Whether it stands in a file now, not in history or a pack. */
  readonly isInFile: boolean;
}

const PLACES = `
  SELECT s.target AS id, r.project, r.provenance, iif(r.type = 'file', r.subject, t.path) AS path,
    t.qualified_name AS qualifiedName, r.type = 'file' AS isInFile
  FROM standings s CROSS JOIN texts t ON t.pattern = s.uid JOIN records r ON r.id = t.record
  WHERE s.touched > ?`;

type PlaceRow = Omit<TextPlace, 'symbol' | 'isInFile'> & {
  readonly qualifiedName: string | null;
  readonly isInFile: number;
};

/**
 * Where patterns occur, variants and former texts included. All whose ids lead to one pattern are
 * brought up to date together, so those that were touched are enough.
 */
export function* textPlaces(db: Sqlite, since: number): Generator<TextPlace> {
  for (const row of db.query<[number], PlaceRow>(PLACES).each(since)) {
    const { qualifiedName, ...place } = row;
    const { project, path } = place;
    const symbol =
      path === null || qualifiedName === null
        ? undefined
        : {
            placed: keyOf(`${project}\n${path}\n${qualifiedName}`),
            named: keyOf(`${project}\n${qualifiedName}`),
          };
    yield { ...place, symbol, isInFile: row.isInFile === 1 };
  }
}

/**
 * Which rows are texts of one function, class or test. A change belongs to the code of its name in
 * its file; where there is none, to the only code of that name in its project, to which it moved.
 *
 * @param unlisted where code stands that is no row, such as functions too simple for a pattern, by its
 *   id; see `SymbolKeys.placed`
 */
export function createSymbols(
  rows: ReadonlyMap<PatternId, PlacedRow>,
  unlisted: ReadonlyMap<PatternId, readonly number[]>,
): Symbols {
  const live = [...rows.values()].filter(({ state }) => state === 'live');
  const present = indexCode(live.filter((row) => !isChange(row)));
  const leaders = new Map<PatternId, ListedRow>();
  const members = new Map<PatternId, ListedRow[]>();
  const orphans = new Map<number, PlacedRow[]>();
  const standing = new Map([...unlisted].flatMap(([id, keys]) => keys.map((key) => [key, id])));
  const isLost = ({ source, symbols }: PlacedRow): boolean =>
    symbols.length === 0 && (source === 'code' || source === 'history');
  const lost = new Set(live.filter(isLost).map(({ id }) => id));
  for (const change of live) {
    const key = change.symbols[0]?.placed;
    if (!isChange(change) || key === undefined) continue;
    const leader = present(change.symbols);
    if (leader === undefined) {
      addTo(orphans, key, change);
      if (!standing.has(key)) lost.add(change.id);
    } else {
      leaders.set(change.id, leader);
      addTo(members, leader.id, change);
    }
  }
  for (const [newest, ...others] of [...orphans.values()].map((group) => group.sort(byDate))) {
    if (newest === undefined || others.length === 0) continue;
    for (const row of others) leaders.set(row.id, newest);
    members.set(newest.id, others);
  }
  for (const list of members.values()) list.sort(byDate);
  return {
    leaderOf: (id) => leaders.get(id),
    changesOf: (id) => members.get(id) ?? [],
    isGone: (id) => lost.has(id),
    standsAs(id) {
      const leader = leaders.get(id);
      if (leader !== undefined && !isChange(leader)) return leader.id;
      const [place] = rows.get(id)?.symbols ?? [];
      return place === undefined ? undefined : standing.get(place.placed);
    },
  };
}

/** Finds the code at a place or, as a second choice, the only code of a name. */
function indexCode(
  rows: readonly PlacedRow[],
): (symbols: readonly SymbolKeys[]) => PlacedRow | undefined {
  const placed = new Map<number, PlacedRow>();
  /** `undefined` where several go by the name. */
  const named = new Map<number, PlacedRow | undefined>();
  for (const row of rows) {
    for (const keys of row.symbols) {
      if ((placed.get(keys.placed)?.value ?? -1) < row.value) placed.set(keys.placed, row);
      const isOnly = !named.has(keys.named) || named.get(keys.named) === row;
      named.set(keys.named, isOnly ? row : undefined);
    }
  }
  return (symbols) =>
    firstOf(symbols, (keys) => placed.get(keys.placed)) ??
    firstOf(symbols, (keys) => named.get(keys.named));
}

function addTo<Key, Row>(lists: Map<Key, Row[]>, key: Key, row: Row): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [row]);
  else known.push(row);
}

export function isChange({ kind }: Pick<ListedRow, 'kind'>): boolean {
  return kind === 'fix' || kind === 'feature';
}

function firstOf(
  symbols: readonly SymbolKeys[],
  find: (keys: SymbolKeys) => PlacedRow | undefined,
): PlacedRow | undefined {
  for (const keys of symbols) {
    const found = find(keys);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The newest first. */
function byDate(a: ListedRow, b: ListedRow): number {
  return (b.dateSeconds ?? 0) - (a.dateSeconds ?? 0) || (a.id < b.id ? -1 : 1);
}

/**
 * 53 bits of a text, in place of the text: a library holds hundreds of thousands of places. Two of
 * a million share one by a chance of one in ten thousand. Source: cyrb53, after MurmurHash3.
 */
function keyOf(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
