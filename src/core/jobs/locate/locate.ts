import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { openExtractor } from '../../extraction/extractor.ts';
import type { SourcePlace, SourceState } from '../../model/api/patterns.ts';
import type { Fragment, Range } from '../../model/code.ts';
import type { Pattern, Provenance } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import type { SecretGate } from '../../model/ports/secretGate.ts';
import { isIn } from '../../sources/pathScope.ts';
import type { FirstCommits } from '../../sources/project.ts';
import { type Checkout, findCheckouts } from './checkouts.ts';
import { idOf, type ProjectFiles, readProjectFiles } from './projectFiles.ts';

export interface LocateParts {
  readonly library: Pick<Library, 'patterns' | 'projects'>;
  readonly gate: SecretGate;
  readonly assetsDir: string;
  readonly firstCommits: FirstCommits;
}

/** Git answers at once unless its repository lies on a drive that does not. */
const GIT_TIMEOUT_MS = 5_000;

/** A pattern is known by a few of its places; each costs a file to read. */
const MOST_PLACES = 50;

/** Other files in which code that left its own is looked for. */
const MOST_OTHER_FILES = 10;

/** Finds patterns again in the folders that are open; what was read for one serves the next. */
export interface Locator {
  /**
   * In the order of the occurrences; those of projects that are not open are left out.
   *
   * @param most places that are looked for
   */
  places(pattern: Pattern, most: number): Promise<readonly SourcePlace[]>;
  close(): void;
}

export async function openLocator(
  parts: LocateParts,
  folders: readonly string[],
): Promise<Locator> {
  const { assetsDir, gate, library, firstCommits } = parts;
  const signal = AbortSignal.timeout(GIT_TIMEOUT_MS);
  const checkouts = remember(findCheckouts(folders, { library, firstCommits, signal }));
  const extractor = await openExtractor({ assetsDir });
  const read = new Map<string, ProjectFiles>();

  const filesOf = (root: string): ProjectFiles => {
    const known = read.get(root) ?? readProjectFiles({ extractor, gate }, root);
    read.set(root, known);
    return known;
  };

  return {
    async places(pattern, most) {
      const owned = await findOwners(library, { pattern, most, checkouts: checkouts() });
      const places: SourcePlace[] = [];
      for (const root of new Set(owned.map(({ checkout }) => checkout.root))) {
        const occurrences = owned.filter(({ checkout }) => checkout.root === root);
        const search = new Search(parts, { pattern, files: filesOf(root), occurrences });
        places.push(...(await search.places()));
      }
      return places.sort((a, b) => a.occurrence - b.occurrence);
    },
    close() {
      extractor.close();
    },
  };
}

/** See `PatternsApi.locate`. */
export async function locateOccurrences(
  parts: LocateParts,
  id: string,
  folders: readonly string[],
): Promise<readonly SourcePlace[]> {
  const pattern = parts.library.patterns.byId(id);
  if (pattern === undefined || pattern.occurrences.length === 0) return [];
  const locator = await openLocator(parts, folders);
  try {
    return await locator.places(pattern, MOST_PLACES);
  } finally {
    locator.close();
  }
}

/** What comes is asked for once, however often it is gone through. */
function remember<Value>(source: AsyncGenerator<Value>): () => AsyncGenerator<Value> {
  const seen: Value[] = [];
  return async function* () {
    yield* seen;
    for (;;) {
      const next = await source.next();
      if (next.done === true) return;
      seen.push(next.value);
      yield next.value;
    }
  };
}

interface OwnedOccurrence {
  readonly index: number;
  readonly path: string;
  readonly range: Range | null;
  readonly checkout: Checkout;
  /** As the library has it; `undefined` where it knows no more than the pattern's own name. */
  readonly qualifiedName: string | undefined;
}

interface OwnerSearch {
  readonly pattern: Pattern;
  readonly most: number;
  /** Those of the folders themselves first, then those inside them. */
  readonly checkouts: AsyncGenerator<readonly Checkout[]>;
}

async function findOwners(
  library: LocateParts['library'],
  { pattern, most, checkouts: found }: OwnerSearch,
): Promise<readonly OwnedOccurrence[]> {
  const waiting = new Map(pattern.occurrences.entries());
  const owned: OwnedOccurrence[] = [];
  for await (const checkouts of found) {
    const claims = checkouts.map((checkout) => createClaim(library, pattern, checkout));
    for (const [index, occurrence] of waiting) {
      if (owned.length >= most) return owned;
      const claimed = claims.flatMap((claim) => claim(index, occurrence) ?? []);
      // Of two folders of one repository it is the one that the file lies in.
      const best = claimed.find(isInFolder) ?? claimed[0];
      if (best === undefined) continue;
      owned.push(best);
      waiting.delete(index);
    }
    if (waiting.size === 0) break;
  }
  return owned;
}

function isInFolder({ checkout, path }: OwnedOccurrence): boolean {
  return isIn(realpathSync.native(checkout.folder), join(checkout.root, path));
}

type Claim = (index: number, occurrence: Provenance) => OwnedOccurrence | undefined;

/** Says whether an occurrence is of this project. */
function createClaim(library: LocateParts['library'], pattern: Pattern, checkout: Checkout): Claim {
  const { project } = checkout;
  const ids = idsOf(pattern);
  const named = new Map<string, string[]>();
  const namesIn = (path: string): string[] => {
    const known = named.get(path);
    if (known !== undefined) return known;
    const fragments = library.projects.files(project, [path]).get(path)?.fragments ?? [];
    const names = fragments.filter(({ id }) => ids.has(id)).map((one) => one.qualifiedName);
    named.set(path, names);
    return names;
  };
  return (index, { project: key, path, range }) => {
    if (path === null || key === null || library.projects.key([key]) !== project) return undefined;
    const own = { index, path, range, checkout };
    if (isChange(pattern)) return { ...own, qualifiedName: undefined };
    // Both the record and the occurrences of one file are in order of their start.
    return { ...own, qualifiedName: namesIn(path).shift() };
  };
}

function isChange(pattern: Pattern): pattern is Pattern & { readonly after: string } {
  return 'after' in pattern;
}

function idsOf(pattern: Pattern): ReadonlySet<string> {
  return new Set([pattern.id, ...pattern.variants]);
}

interface Found {
  readonly path: string;
  readonly range: Range | null;
  readonly state: SourceState;
}

interface SearchScope {
  readonly pattern: Pattern;
  readonly files: ProjectFiles;
  readonly occurrences: readonly OwnedOccurrence[];
}

/** Looks for the occurrences of one pattern in one checkout. */
class Search {
  readonly #library: LocateParts['library'];
  readonly #scope: SearchScope;
  readonly #found = new Map<OwnedOccurrence, Found>();
  /** Fragments that are an occurrence already; one fragment cannot be two. */
  readonly #taken = new Set<Fragment>();

  constructor({ library }: LocateParts, scope: SearchScope) {
    this.#library = library;
    this.#scope = scope;
  }

  async places(): Promise<readonly SourcePlace[]> {
    const { files, occurrences, pattern } = this.#scope;
    // What stands where it stood comes first, so that nothing else takes its fragment.
    const looks = [this.#atItsPlace, this.#inItsFile, this.#byName, this.#elsewhere];
    for (const look of pattern.kind === 'idiom' ? [this.#inItsText] : looks) {
      for (const occurrence of occurrences) {
        if (this.#found.has(occurrence)) continue;
        const found = await look.call(this, occurrence);
        if (found !== undefined) this.#found.set(occurrence, found);
      }
    }
    return occurrences.flatMap((occurrence) => {
      const { index, path, range, checkout } = occurrence;
      const found = this.#found.get(occurrence) ?? { path, range, state: 'gone' as const };
      const file = files.absolute(found.path);
      if (file === undefined) return [];
      const { folder, repository } = checkout;
      const place = { range: found.range, state: found.state };
      return [{ occurrence: index, folder, repository, file, ...place }];
    });
  }

  /** Statements are no fragment: they are looked for where they stood. */
  async #inItsText({ path, range }: OwnedOccurrence): Promise<Found | undefined> {
    const { files, pattern } = this.#scope;
    const text = await files.text(path);
    if (text === undefined) return undefined;
    const isThere = range !== null && stands(pattern.template, text, range);
    return { path, range, state: isThere ? 'unchanged' : 'changed' };
  }

  async #atItsPlace({ path, range }: OwnedOccurrence): Promise<Found | undefined> {
    const fragments = await this.#same(path);
    const found = isChange(this.#scope.pattern)
      ? fragments[0]
      : fragments.find((fragment) => range !== null && isSameRange(fragment.range, range));
    return this.#take(path, found, 'unchanged');
  }

  async #inItsFile({ path, qualifiedName }: OwnedOccurrence): Promise<Found | undefined> {
    const fragments = (await this.#same(path)).filter((fragment) => !this.#taken.has(fragment));
    const namesake = fragments.find((fragment) => fragment.qualifiedName === qualifiedName);
    return this.#take(path, namesake ?? fragments[0], 'moved');
  }

  async #byName({ path, qualifiedName }: OwnedOccurrence): Promise<Found | undefined> {
    const { pattern, files } = this.#scope;
    const fragments = (await files.fragments(path)) ?? [];
    const found = fragments.find(
      (fragment) =>
        !this.#taken.has(fragment) &&
        (qualifiedName === undefined
          ? fragment.name === pattern.name
          : fragment.qualifiedName === qualifiedName),
    );
    return this.#take(path, found, 'changed');
  }

  async #elsewhere({ path, qualifiedName }: OwnedOccurrence): Promise<Found | undefined> {
    const isFileGone = (await this.#scope.files.fragments(path)) === undefined;
    for (const other of await this.#otherPaths(path)) {
      const found = (await this.#same(other)).find(
        (fragment) =>
          !this.#taken.has(fragment) ||
          // The file was renamed, and the library has both names.
          (isFileGone && fragment.qualifiedName === qualifiedName),
      );
      if (found !== undefined) return this.#take(other, found, 'moved');
    }
    return undefined;
  }

  #take(path: string, fragment: Fragment | undefined, state: SourceState): Found | undefined {
    if (fragment === undefined) return undefined;
    // Several commits may have changed the same function.
    if (!isChange(this.#scope.pattern)) this.#taken.add(fragment);
    return { path, range: fragment.range, state };
  }

  /** Fragments of a file that are what the pattern is. */
  async #same(path: string): Promise<readonly Fragment[]> {
    const { pattern, files } = this.#scope;
    const fragments = (await files.fragments(path)) ?? [];
    if (isChange(pattern)) {
      const after = withoutLayout(pattern.after);
      return fragments.filter(
        ({ name, code }) => name === pattern.name && withoutLayout(code) === after,
      );
    }
    const ids = idsOf(pattern);
    return fragments.filter((fragment) => ids.has(idOf(fragment)));
  }

  /** Other files of the project that hold the code, as the library knows it. */
  async #otherPaths(path: string): Promise<readonly string[]> {
    const { pattern, files, occurrences } = this.#scope;
    const [first] = occurrences;
    if (first === undefined) return [];
    const known = isChange(pattern)
      ? await this.#occurrencesOfAfter(pattern, path)
      : pattern.occurrences;
    const project = pattern.occurrences[first.index]?.project ?? null;
    const paths = known.flatMap((one) => (one.project === project ? (one.path ?? []) : []));
    return [...new Set(paths)]
      .filter((other) => other !== path && files.absolute(other) !== undefined)
      .slice(0, MOST_OTHER_FILES);
  }

  async #occurrencesOfAfter(
    { after }: { readonly after: string },
    path: string,
  ): Promise<readonly Provenance[]> {
    const [fragment] = (await this.#scope.files.read(path, after)) ?? [];
    if (fragment === undefined) return [];
    return this.#library.patterns.byId(idOf(fragment))?.occurrences ?? [];
  }
}

/** Whether what a template has beside its holes stands in these lines of a text, in its order. */
function stands(template: string, text: string, { start, end }: Range): boolean {
  const lines = text.split('\n').slice(start.line, end.line + 1);
  const there = lines.join('').replace(/\s/g, '');
  let at = 0;
  for (const part of template.split(/\$\d+/)) {
    const fixed = part.replace(/\s/g, '');
    const found = there.indexOf(fixed, at);
    if (found === -1) return false;
    at = found + fixed.length;
  }
  return true;
}

function isSameRange(a: Range, b: Range): boolean {
  return (
    a.start.line === b.start.line &&
    a.start.character === b.start.character &&
    a.end.line === b.end.line &&
    a.end.character === b.end.character
  );
}

/** Line ends and the indentation of the whole are those of the file. */
function withoutLayout(code: string): string {
  return code.replaceAll('\r\n', '\n').trim();
}
