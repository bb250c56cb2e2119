import { join } from 'node:path';

import { AppError } from '../model/errors.ts';
import type { Pattern, PatternId, PatternState } from '../model/pattern.ts';
import type { Corpus, SearchDocument } from '../model/ports/corpus.ts';
import type { Library } from '../model/ports/library.ts';
import type { LibraryPatterns } from '../model/ports/libraryPatterns.ts';
import type { LibraryProjects } from '../model/ports/libraryProjects.ts';
import type { LibraryTrouble, LibraryUpkeep } from '../model/ports/libraryUpkeep.ts';
import type { SecretGate } from '../model/ports/secretGate.ts';
import type { EventBody } from '../model/event.ts';
import { localized, type LocalizedText } from '../model/localizedText.ts';
import { createCorpus } from './read/corpus.ts';
import { checkLibrary } from './doctor.ts';
import { listFolder, makePrivate } from '../platform/disk.ts';
import { RECORDINGS } from './recordings.ts';
import { nodeFileSystem, type FileSystem } from '../platform/fileSystem.ts';
import { openJournal, type Journal } from './journal/journal.ts';
import { readMachine } from '../platform/machine.ts';
import type { SealOptions } from './journal/seal.ts';
import { removeSeals, SEALS } from './journal/sealRecord.ts';
import { watchCondition, type Condition } from './condition.ts';
import { watchPresence, type Presence } from './presence.ts';
import { createListing } from './read/listing.ts';
import { refuseUnreadable } from './trouble.ts';
import { foldJournal, isDue } from './compactLibrary.ts';
import { folderBytes, viewStats } from './read/stats.ts';
import { openPeople, PERSON_FILE, type People } from './people.ts';
import { openLibraryView, type LibraryView } from './view/libraryView.ts';
import { textRemains } from './journal/compact/purgeScan.ts';
import { FACTS } from './facts/all.ts';
import { isForgottenId, resolveId } from './read/resolveId.ts';
import { removeAllSnapshots } from './view/snapshot.ts';
import { toSqliteBytes } from './read/sqliteExport.ts';
import { loadSqlite, type OpenSqlite, type Sqlite } from '../platform/sqlite.ts';
import { openVectors, type VectorStore } from './vectors/vectors.ts';
import { withoutPurged } from './view/purges.ts';
import { experienceReads } from './read/sessions/experiences.ts';
import { outcomeReads } from './read/outcomes.ts';
import { versionReads } from './read/versions.ts';
import { sessionReads } from './read/sessions/sessions.ts';
import { patternById } from './read/patterns.ts';
import { shownDeviations } from './facts/code/deviations.ts';
import { idsOfPack, patternRows, quarantinedHolding, ratingRecords, usageOf } from './read/rows.ts';
import * as projects from './read/projectFacts.ts';
import { readProjectNames } from './read/projectNames.ts';
import { countOnlyInView, writeBack } from './recovery.ts';
import { readOnlyReasonOf } from './writability.ts';

export interface LibraryOptions {
  /** Holds `journal` and `derived`; made with the first write. */
  readonly folder: string;
  /** Where `sql-wasm.wasm`, `vectorScan.wasm` and `schema.sql` lie. */
  readonly assetsDir: string;
  readonly gate: SecretGate;
  /** Unpredictable bytes, such as `randomBytes` of `node:crypto`. */
  readonly random: (sizeBytes: number) => Uint8Array;
  /** Milliseconds since 1970; for display only. */
  readonly now: () => number;
  /** Model of the vectors; those of others are passed over. */
  readonly model: string;
  /** Names the text that is embedded for a document. */
  readonly textHashOf: (document: SearchDocument) => string;
  /** What the operating system calls whoever uses the library. */
  readonly personName: string;
  readonly fileSystem?: FileSystem;
  /** Something is missing from the library that was in it; told once. */
  readonly onTrouble?: (trouble: LibraryTrouble) => void;
}

/** What the parts of an open library share. */
interface Parts {
  readonly options: LibraryOptions;
  readonly assetsDir: string;
  readonly openSqlite: OpenSqlite;
  readonly journal: Journal;
  readonly live: LibraryView;
  readonly presence: Presence;
  readonly condition: Condition;
  readonly corpus: Corpus;
  readonly vectors: VectorStore;
  readonly folding: SealOptions;
  readonly derivedFolder: string;
  readonly readOnlyReason: LocalizedText | undefined;
}

/**
 * Opens a library, which need not exist yet: nothing is written before the first `record`.
 *
 * @throws AppError `library-damaged`, `library-unreadable` when nothing of it can be read
 */
export async function openLibrary(options: LibraryOptions): Promise<Library> {
  const openSqlite = await loadSqlite(options.assetsDir);
  return createLibrary(openParts(options, openSqlite));
}

const JOURNAL = 'journal';
const DERIVED = 'derived';

/** All that this program puts into the folder of a library; some of it is written by other rooms. */
const OURS: ReadonlySet<string> = new Set([
  ...[JOURNAL, SEALS, DERIVED, PERSON_FILE, RECORDINGS],
  ...['vectors', 'team', 'sequences'],
]);

/** Earlier versions and copies left files that others may read. */
function keepPrivate(folder: string): void {
  const names = listFolder(folder);
  const ours = names.filter((name) => OURS.has(name));
  // A folder that holds other things too, such as a person's own, keeps its rights.
  const isOurs = ours.length > 0 && ours.length === names.length;
  for (const path of isOurs ? [folder] : ours.map((name) => join(folder, name))) makePrivate(path);
}

function openParts(options: LibraryOptions, openSqlite: OpenSqlite): Parts {
  const { folder, assetsDir, random, now, model, fileSystem = nodeFileSystem } = options;
  const journalFolder = { folder: join(folder, JOURNAL), fileSystem };
  const derivedFolder = join(folder, DERIVED);
  keepPrivate(folder);
  const machine = readMachine(fileSystem, now());
  const live = openLibraryView({
    derivedFolder,
    assetsDir,
    openSqlite,
    openJournal: (highestRev) =>
      openJournal({ ...journalFolder, random, now, machine, highestRev }),
    journalBytes: () => folderBytes(journalFolder.folder),
    random,
    textRemains: () => textRemains(journalFolder, undefined),
  });
  refuseUnreadable(live.lastScan, journalFolder.folder);
  const presence = watchPresence(journalFolder);
  const { onTrouble = () => undefined } = options;
  const { journal } = live;
  return {
    options,
    assetsDir,
    openSqlite,
    journal,
    live,
    presence,
    condition: watchCondition({ folder, journal, live, presence, onTrouble }),
    corpus: createCorpus(live),
    vectors: openVectors({ folder: derivedFolder, assetsDir, model }),
    folding: { ...journalFolder, random, now, machine },
    derivedFolder,
    readOnlyReason: readOnlyReasonOf(folder, journalFolder, { machine, nowMs: now() }),
  };
}

function createLibrary(parts: Parts): Library {
  const { options, journal, live, presence, condition, corpus, vectors } = parts;
  const people = openPeople({
    folder: options.folder,
    name: options.personName,
    random: options.random,
    db: () => live.view.db,
  });
  const library: Library = {
    folder: options.folder,
    corpus,
    vectors,
    readOnlyReason: parts.readOnlyReason,
    async record(bodies) {
      if (bodies.length === 0) return [];
      refuseReadOnly(parts);
      const redacted: EventBody[] = [];
      for (const body of bodies) redacted.push(await FACTS.admit(options.gate, body));
      condition.refuseDeleted();
      // What was shown makes no library.
      if (!presence.isThere() && bodies.every(({ type }) => type === 'shown')) return [];
      const allowed = live.withSoundTexts(() => withoutPurged(live.view, redacted));
      if (allowed.length === 0) return [];
      const events = journal.append(allowed);
      presence.follow();
      live.takeOwn(events);
      return events;
    },
    refresh() {
      condition.refresh();
      vectors.refresh();
    },
    watch: (onChange) => journal.watch(onChange),
    async introduce() {
      condition.refuseDeleted();
      refuseReadOnly(parts);
      const { person, unrecorded } = people.introduce();
      await library.record(unrecorded);
      return person;
    },
    patterns: patternReads(live, people),
    outcomes: outcomeReads(() => live.view.db),
    versions: versionReads(live),
    projects: projectReads(() => live.view.db),
    sessions: sessionReads(() => live.view.db),
    experiences: experienceReads(() => live.view),
    upkeep: upkeepOf(parts),
    close(hurried = false) {
      try {
        if (isWritable(parts)) finish(parts, hurried);
      } finally {
        vectors.close();
        live.close();
      }
    },
  };
  return library;
}

/** Nothing derived is written where there are no facts: somebody may just have deleted them. */
function isWritable({ readOnlyReason, condition }: Parts): boolean {
  return readOnlyReason === undefined && condition.isThere();
}

/** Leaves the files in the state that the next process opens fastest. */
function finish(parts: Parts, hurried: boolean): void {
  if (!hurried) parts.live.saveSnapshot(false);
  parts.journal.close();
  if (hurried) return;
  try {
    const isWanted = holdsPurged(parts) || parts.live.needsMending;
    if (isWanted || isDue(parts.folding)) foldJournal(parts, parts.options.textHashOf);
  } catch (error) {
    // Without room for it nothing is lost, and the next process that closes tries again.
    if (!(error instanceof AppError)) throw error;
  }
}

/** Another process may have purged text that this one recorded meanwhile. */
function holdsPurged({ live, folding }: Parts): boolean {
  return live.mayHoldPurged && textRemains(folding, undefined);
}

function upkeepOf(parts: Parts): LibraryUpkeep {
  const { options, journal, live, condition, corpus, vectors } = parts;
  const { textHashOf } = options;
  return {
    stats: () => ({
      ...viewStats(live.view.db),
      vectors: vectors.size,
      journalBytes: folderBytes(journal.folder),
      derivedBytes: folderBytes(parts.derivedFolder),
    }),
    sqliteBytes() {
      const { openSqlite } = parts;
      return live.withSoundTexts(() =>
        toSqliteBytes({ openSqlite, view: live.view, corpus, vectors, textHashOf }),
      );
    },
    compact() {
      condition.refuseDeleted();
      return foldJournal(parts, textHashOf);
    },
    saveSnapshot() {
      if (isWritable(parts)) live.saveSnapshot(false);
    },
    check() {
      condition.refresh();
      return checkLibrary(parts);
    },
    rebuild() {
      condition.refresh();
      const onlyHere = countOnlyInView(parts);
      if (onlyHere > 0) {
        throw new AppError(
          'library-incomplete',
          localized`${onlyHere} facts are left in the view alone, because files of the journal are damaged, and would be dropped`,
        );
      }
      makeAnew(parts);
    },
    recover() {
      condition.refresh();
      refuseReadOnly(parts);
      const facts = writeBack(parts, options.now());
      makeAnew(parts);
      return facts;
    },
  };
}

/** Makes all that is derived from the journal as it is now. */
function makeAnew(parts: Parts): void {
  const { live, vectors, folding, derivedFolder } = parts;
  // Whoever makes the library anew from what is left has heard what is not.
  const lost = new Set(live.lastScan.lost.map(({ id }) => id));
  if (isWritable(parts)) removeSeals(folding, lost);
  removeAllSnapshots(derivedFolder);
  live.rebuild();
  if (vectors.verify().damagedBlocks > 0) vectors.keepOnly(() => true);
  if (isWritable(parts)) live.saveSnapshot(true);
}

function refuseReadOnly({ readOnlyReason }: Parts): void {
  if (readOnlyReason !== undefined) throw new AppError('library-read-only', readOnlyReason);
}

function patternReads(live: LibraryView, people: People): LibraryPatterns {
  const db = (): Sqlite => live.view.db;
  const listing = createListing(live, () => people.own());
  const read = (id: PatternId): Pattern | undefined =>
    live.withSoundTexts(() => patternById({ view: live.view, listing }, id));
  return {
    listing,
    resolve: (idOrPrefix) => resolveId(db(), idOrPrefix),
    byId(idOrPrefix) {
      const id = resolveId(db(), idOrPrefix);
      return id === undefined ? undefined : read(id);
    },
    isForgotten: (id) => isForgottenId(db(), id),
    list(filter, limit, order = 'value') {
      const rows = listing.matching(listing.rows('live', order), filter);
      const patterns = rows.slice(0, limit).flatMap(({ id }) => read(id) ?? []);
      return { patterns, total: rows.length };
    },
    *each(filter) {
      for (const { id } of listing.matching(listing.rows('live', 'value'), filter)) {
        const pattern = read(id);
        if (pattern?.state === 'live') yield pattern;
      }
    },
    inState: (state) => idsInState(db(), state).flatMap((id) => read(id) ?? []),
    rows: (ids) => patternRows({ db: db(), listing }, ids, people.own()),
    idsOfPack: (pack, state) => idsOfPack(db(), pack, state),
    quarantinedHolding: (words) => quarantinedHolding(db(), words),
    ratings: (id) => ratingRecords(db(), id, people.own()),
    usage: (id) => usageOf(db(), id),
    deviations: (id) => shownDeviations(db(), id),
  };
}

function idsInState(db: Sqlite, state: PatternState): readonly PatternId[] {
  return db
    .prepare<[string], [string]>(
      `SELECT uid FROM standings WHERE state = ? AND text IS NOT NULL
       ORDER BY value DESC, uid`,
    )
    .all(state)
    .map(([uid]) => uid);
}

function projectReads(db: () => Sqlite): LibraryProjects {
  return {
    key: (keys) => projects.projectKey(db(), keys),
    meantBy: (text) => readProjectNames(db()).meantBy(text),
    titles: () => readProjectNames(db()).titles,
    title: (key) => readProjectNames(db()).titleOf(key),
    isPlaced: (key) => projects.isPlaced(db(), key),
    isForgotten: (project) => projects.isForgotten(db(), project),
    files: (project, within) => projects.recordedFiles(db(), project, within),
    history: (project) => projects.recordedHistory(db(), project),
    commits: (project) => projects.recordedCommits(db(), project),
    reverts: (project) => projects.recordedReverts(db(), project),
    lastChanges: (project) => projects.lastChanges(db(), project),
    idioms: (project) => projects.recordedIdioms(db(), project),
    measures: (project) => projects.recordedMeasures(db(), project),
  };
}
