import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import type { OwnPrices } from '../../../model/config.ts';
import type { EpochMs } from '../../../model/epochMs.ts';
import type { SecretGate } from '../../../model/ports/secretGate.ts';
import type { LastingReport, SessionReport } from '../../../model/sessions/sessionReport.ts';
import {
  listFolder,
  readEnd,
  readIfPossible,
  removeFile,
  removeFolder,
  replaceDerivedFile,
} from '../../../platform/disk.ts';
import { errorCode } from '../../../platform/fileSystem.ts';
import { openLog } from '../../../sessions/readLog.ts';
import type { Bookmark } from '../../../sessions/reading/resume.ts';
import { toLasting } from '../lasting.ts';
import { openLogCache, shortHash, stampOf } from '../logCache.ts';
import { cleanReports } from './cleanReports.ts';
import { withoutSecretsInState } from './cleanState.ts';

/** What reading logs needs to know; can be handed to another process. */
export interface LogSettings {
  readonly assetsDir: string;
  /** Of the library: what was read is kept below it. */
  readonly derived: string;
  readonly prices: OwnPrices;
  readonly now: EpochMs;
}

/** What logs are read with in this process. */
export interface LogParts {
  readonly settings: LogSettings;
  readonly gate: SecretGate;
}

/** What is known of a log without opening it again. */
export interface KnownLog {
  readonly path: string;
  /** Files it was read from. */
  readonly files: readonly string[];
  /** Changes with the files. */
  readonly stamp: string;
  readonly sessions: readonly LastingReport[];
  /**
   * Names of the responses that were counted, six bytes each, in base 64: other logs may hold copies
   * of them.
   */
  readonly responses: string;
}

/**
 * Where what was read is kept. The number is raised with each change of what is measured, so that all
 * is read again; other prices make other reports.
 */
export function readingsName(prices: OwnPrices): string {
  const own = Object.keys(prices).length === 0 ? '' : `-${shortHash(JSON.stringify(prices))}`;
  return `${READINGS}${MEASURED}${own}`;
}

const READINGS = 'sessions-';
const MEASURED = 11;

/** What was kept when less was measured, or when more was kept than ought to be, is deleted. */
export function removeFormerReadings(derived: string): void {
  for (const name of listFolder(derived)) {
    const number = name.startsWith(READINGS) ? parseInt(name.slice(READINGS.length), 10) : NaN;
    if (number < MEASURED) removeFolder(join(derived, name));
  }
}

/** Whole reports, one file a log or a group of logs that hold parts of one another. */
export function openReports({
  derived,
  prices,
}: LogSettings): ReturnType<typeof openLogCache<readonly SessionReport[]>> {
  return openLogCache(derived, readingsName(prices));
}

/** Reads one log, from where it was left off if it has grown since, and keeps its reports. */
export async function readLogFile(path: string, { settings, gate }: LogParts): Promise<KnownLog> {
  const log = openLog(path);
  const files = log?.files ?? [path];
  const stamp = stampOf(files);
  const bookmark = bookmarkOf(path, files, settings);
  const read = (await log?.read(settings.assetsDir, undefined, bookmark)) ?? [];
  await bookmark?.save(gate);
  const reports = await cleanReports(read, settings.prices, gate);
  openReports(settings).set(path, stamp, reports);
  const keys = read.flatMap(({ responses }) => responses.map(({ key }) => key));
  return {
    ...{ path, files, stamp },
    sessions: reports.map(toLasting),
    responses: Buffer.concat(keys.map(nameOf)).toString('base64'),
  };
}

function nameOf(key: string): Buffer {
  return createHash('sha1').update(key).digest().subarray(0, NAME_BYTES);
}

const NAME_BYTES = 6;

/** The names in `KnownLog.responses`. */
export function* responseNames({ responses }: KnownLog): Generator<number> {
  const bytes = Buffer.from(responses, 'base64');
  for (let at = 0; at + NAME_BYTES <= bytes.length; at += NAME_BYTES) {
    yield bytes.readUIntLE(at, NAME_BYTES);
  }
}

/** A log that rested for so long is not expected to grow, and a short one is soon read again. */
const MAY_GROW_MS = 24 * 60 * 60 * 1000;
const SHORT_BYTES = 256 * 1024;

function bookmarkOf(
  path: string,
  files: readonly string[],
  { derived, prices, now }: LogSettings,
): SavedBookmark | undefined {
  const place = join(derived, readingsName(prices), `${shortHash(path)}.leftOff`);
  const { bytes, newestMs } = sizeOf(files);
  const endedMs = Math.min(newestMs, lastTimeIn(path) ?? newestMs);
  if (bytes < SHORT_BYTES || endedMs < now - MAY_GROW_MS) {
    removeFile(place);
    return undefined;
  }
  let left: Buffer | undefined;
  return {
    get: () => readIfPossible(place),
    put: (state) => {
      left = state;
    },
    save: async (gate) => {
      if (left === undefined || !fs.existsSync(derived)) return;
      const clean = await withoutSecretsInState(left, gate);
      if (clean === undefined) removeFile(place);
      else replaceDerivedFile(place, [clean]);
    },
  };
}

interface SavedBookmark extends Bookmark {
  /** Keeps what was put, without its secrets. */
  save(gate: SecretGate): Promise<void>;
}

const END_BYTES = 16 * 1024;

/** The last time its end tells, by which a copy of an old log is old, too. */
function lastTimeIn(path: string): number | undefined {
  const end = readEnd(path, END_BYTES);
  const [last] = [...end.matchAll(/"timestamp":\s?"([\d:.TZ+-]{19,35})"/g)].slice(-1);
  const at = Date.parse(last?.[1] ?? '');
  return Number.isNaN(at) ? undefined : at;
}

function sizeOf(files: readonly string[]): { readonly bytes: number; readonly newestMs: number } {
  let bytes = 0;
  let newestMs = 0;
  for (const file of files) {
    try {
      const { size, mtimeMs } = fs.statSync(file);
      bytes += size;
      newestMs = Math.max(newestMs, mtimeMs);
    } catch (error) {
      if (errorCode(error) === undefined) throw error;
    }
  }
  return { bytes, newestMs };
}
