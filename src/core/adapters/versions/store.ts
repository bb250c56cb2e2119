import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import type { Activation, AdapterVersion, Outcomes } from '../../model/api/adapters.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import {
  PRIVATE_FILE,
  PRIVATE_FOLDER,
  listFolder,
  readIfPossible,
  readJsonIfPossible,
  removeFolder,
} from '../../platform/disk.ts';
import { errorCode, makeFolders } from '../../platform/fileSystem.ts';
import { replacePrivateFile } from '../../platform/replaceFile.ts';
import { CONFIG_FILE, WEIGHTS_FILE } from '../adapter.ts';
import { toOutcomes } from './outcomes.ts';

/** What is written of a version once and never changed. */
type VersionRecord = Omit<AdapterVersion, 'is_active' | 'outcomes'>;

const NAME = /^[\w+-][\w.+-]{0,99}$/;
const HASH_PIECE = 1 << 20;
const DRAFT = 'draft-';
/** A draft that nobody wrote to for so long is nobody's any more. */
const LEFT_MS = 3_600_000;

/**
 * Merged adapters by name in one folder:
 *
 * - `objects/<hash>/` holds an adapter as PEFT reads it, named by its content;
 * - `versions/<name>.json` says what it is made of; `outcomes/<name>.json` counts its uses;
 * - `active.json` names the active one and is replaced whole; `activations.jsonl` is its history.
 */
export interface VersionStore {
  readonly folder: string;
  /**
   * An empty folder for an adapter that is being made; gone when it is kept. What a killed process left
   * of its own is removed.
   *
   * @param at ISO 8601: now
   */
  draft(at: string): string;
  /**
   * Keeps a draft as a version. Without a name it gets one by its content; where that was made before in
   * the same way, the version that is there is given back.
   *
   * @throws AppError `adapter-version-exists`, `bad-argument`
   */
  keep(
    draft: string,
    record: Omit<VersionRecord, 'id' | 'adapter_path' | 'version_name'>,
    name: string | undefined,
  ): AdapterVersion;
  /** Newest first. */
  list(): readonly AdapterVersion[];
  /** @throws AppError `adapter-version-not-found` */
  get(name: string): AdapterVersion;
  has(name: string): boolean;
  /** The folder of a version's files. @throws AppError `adapter-damaged` where they are not as recorded */
  open(version: AdapterVersion): string;
  activate(version: AdapterVersion, by: string, at: string, kind: Activation['kind']): void;
  activations(): readonly Activation[];
  addOutcomes(name: string, successes: number, failures: number): Outcomes;
}

export function openVersionStore(folder: string): VersionStore {
  const versions = join(folder, 'versions');
  const pathOf = (kind: 'versions' | 'outcomes', name: string): string =>
    join(folder, kind, `${checked(name)}.json`);
  const history = join(folder, 'activations.jsonl');

  function activeId(): string | undefined {
    const active = readJson(join(folder, 'active.json')) as { readonly id: string } | undefined;
    return active?.id;
  }

  function countsOf(name: string): Pick<Outcomes, 'successes' | 'failures'> | undefined {
    return readJson(pathOf('outcomes', name)) as Outcomes | undefined;
  }

  function withState(record: VersionRecord): AdapterVersion {
    const counts = countsOf(record.version_name);
    return {
      ...record,
      is_active: record.id === activeId(),
      ...(counts && { outcomes: toOutcomes(counts.successes, counts.failures) }),
    };
  }

  function read(name: string): VersionRecord {
    const record = readJson(pathOf('versions', name)) as VersionRecord | undefined;
    if (!record) {
      throw new AppError(
        'adapter-version-not-found',
        localized`there is no adapter version ${name}`,
      );
    }
    return record;
  }

  return {
    folder,
    draft(at) {
      const objects = join(folder, 'objects');
      for (const name of listFolder(objects)) {
        if (name.startsWith(DRAFT) && isLeft(join(objects, name), at)) {
          removeFolder(join(objects, name));
        }
      }
      const draft = join(objects, `${DRAFT}${randomUUID()}`);
      makeFolders(draft, PRIVATE_FOLDER);
      return draft;
    },
    keep(draft, details, wanted) {
      const config = readIfPossible(join(draft, CONFIG_FILE)) ?? '';
      const object = createHash('sha256').update(details.sha256).update(config).digest('hex');
      const given = { ...details, adapter_path: `objects/${object}` };
      const date = details.created_at.slice(0, 10);
      const base = checked(wanted ?? `merge-${date}-${details.sha256.slice(0, 8)}`);
      keepContent(draft, join(folder, 'objects', object));
      for (let tries = 1; ; tries += 1) {
        const name = tries === 1 ? base : `${base}-${tries}`;
        const record: VersionRecord = { ...given, id: randomUUID(), version_name: name };
        if (createJson(pathOf('versions', name), record)) return withState(record);
        if (wanted !== undefined) throw exists(name);
        const known = read(name);
        if (isSameMerge(known, record)) return withState(known);
      }
    },
    list: () =>
      listFolder(versions)
        .filter((file) => file.endsWith('.json') && NAME.test(basename(file, '.json')))
        .map((file) => withState(read(basename(file, '.json'))))
        .sort((a, b) => (a.created_at < b.created_at ? 1 : -1)),
    get: (name) => withState(read(name)),
    has: (name) => NAME.test(name) && fs.existsSync(pathOf('versions', name)),
    open(version) {
      const path = resolve(folder, version.adapter_path);
      const weights = join(path, WEIGHTS_FILE);
      const isInside = path.startsWith(resolve(folder) + sep);
      if (!isInside || !fs.existsSync(weights) || hashFile(weights) !== version.sha256) {
        const text = localized`the files of ${version.version_name} have changed since they were recorded`;
        throw new AppError('adapter-damaged', text);
      }
      return path;
    },
    activate({ id, version_name }, by, at, kind) {
      replaceJson(join(folder, 'active.json'), { id, version_name, activated_at: at });
      fs.appendFileSync(history, `${JSON.stringify({ version_name, at, by, kind })}\n`, {
        mode: PRIVATE_FILE,
      });
    },
    activations: () =>
      (readIfPossible(history)?.toString('utf8') ?? '').split('\n').flatMap(parseActivation),
    addOutcomes(name, successes, failures) {
      const before = countsOf(name);
      const counts = {
        successes: successes + (before?.successes ?? 0),
        failures: failures + (before?.failures ?? 0),
      };
      replaceJson(pathOf('outcomes', name), counts);
      return toOutcomes(counts.successes, counts.failures);
    },
  };
}

/** @throws AppError `bad-argument` for what could be a path */
function checked(name: string): string {
  if (NAME.test(name)) return name;
  const text = localized`a version name has at most 100 letters, digits, dots, plus signs and hyphens`;
  throw new AppError('bad-argument', text);
}

function hashFile(path: string): string {
  const hash = createHash('sha256');
  const descriptor = fs.openSync(path, 'r');
  const piece = Buffer.alloc(HASH_PIECE);
  try {
    for (let count = fs.readSync(descriptor, piece); count > 0;) {
      hash.update(piece.subarray(0, count));
      count = fs.readSync(descriptor, piece);
    }
  } finally {
    fs.closeSync(descriptor);
  }
  return hash.digest('hex');
}

function readJson(path: string): unknown {
  return readJsonIfPossible(path, 'adapter-damaged');
}

function replaceJson(path: string, value: unknown): void {
  replacePrivateFile(path, JSON.stringify(value, null, 2));
}

/** @returns false where the name is taken, be it by another process at this moment */
function createJson(path: string, value: unknown): boolean {
  const folder = dirname(path);
  makeFolders(folder, PRIVATE_FOLDER);
  const whole = join(folder, `.${randomUUID()}.tmp`);
  fs.writeFileSync(whole, JSON.stringify(value, null, 2), { mode: PRIVATE_FILE, flush: true });
  try {
    fs.linkSync(whole, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    fs.rmSync(whole, { force: true });
  }
}

/** The same content is kept once, whoever came first. */
function keepContent(draft: string, path: string): void {
  try {
    fs.renameSync(draft, path);
  } catch (error) {
    if (!fs.existsSync(path)) throw error;
    fs.rmSync(draft, { recursive: true, force: true });
  }
}

function isSameMerge(known: VersionRecord, made: VersionRecord): boolean {
  const partsOf = (record: VersionRecord): string => {
    const { adapter_path, method, weights, success_rates, parent_versions, parent_paths } = record;
    const how = [method, weights, success_rates, parent_versions, parent_paths];
    return JSON.stringify([adapter_path, ...how]);
  };
  return partsOf(known) === partsOf(made);
}

/** Whoever makes an adapter writes to its draft all the time. */
function isLeft(draft: string, at: string): boolean {
  const paths = [draft, ...listFolder(draft).map((name) => join(draft, name))];
  const touchedMs = paths.map((path) => fs.statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return Date.parse(at) - Math.max(...touchedMs) > LEFT_MS;
}

export function exists(name: string): AppError {
  return new AppError('adapter-version-exists', localized`adapter version ${name} already exists`);
}

/** A line that a kill left unfinished is passed over. */
function parseActivation(line: string): readonly Activation[] {
  try {
    return [JSON.parse(line) as Activation];
  } catch {
    return [];
  }
}
