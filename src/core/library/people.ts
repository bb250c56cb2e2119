import fs from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../model/errors.ts';
import type { PersonEvent } from '../model/event.ts';
import { localized } from '../model/localizedText.ts';
import type { PersonId } from '../model/ports/library.ts';
import { makePrivateFolder, PRIVATE_FILE, readIfPossible } from '../platform/disk.ts';
import { errorCode } from '../platform/fileSystem.ts';
import type { Sqlite } from '../platform/sqlite.ts';
import { writerOf } from './view/ratings.ts';

/** Holds the id of whoever uses a library on this machine; another library has others. */
export const PERSON_FILE = 'person.json';

export interface PeopleOptions {
  /** Of the library. */
  readonly folder: string;
  /** What the operating system calls whoever uses it. */
  readonly name: string;
  readonly random: (sizeBytes: number) => Uint8Array;
  readonly db: () => Sqlite;
}

/** Who uses a library here. */
export interface People {
  /** As facts name them: by their id or, as long as there is none, by the name older versions used. */
  own(): string;
  /**
   * Makes the id where there is none yet.
   *
   * @returns the id, and what must be recorded before anything that names it
   * @throws AppError `library-damaged`, `library-write-failed`
   */
  introduce(): { readonly person: PersonId; readonly unrecorded: readonly PersonEvent[] };
}

export function openPeople({ folder, name, random, db }: PeopleOptions): People {
  const path = join(folder, PERSON_FILE);

  function read(): PersonId | undefined {
    const text = readIfPossible(path)?.toString('utf8');
    return text === undefined ? undefined : parsePerson(text);
  }

  /** A link is made whole or not at all, so that of two processes one makes it and both read it. */
  function make(): void {
    const temporary = `${path}.${toHex(random(6))}.tmp`;
    try {
      makePrivateFolder(folder);
      const text = `${JSON.stringify({ id: toHex(random(12)) })}\n`;
      fs.writeFileSync(temporary, text, { flag: 'wx', mode: PRIVATE_FILE, flush: true });
      link(temporary, path);
    } catch (error) {
      const code = errorCode(error);
      if (code === undefined) throw error;
      throw new AppError('library-write-failed', localized`${path} cannot be written: ${code}`);
    } finally {
      fs.rmSync(temporary, { force: true });
    }
  }

  return {
    own: () => read() ?? name,
    introduce() {
      if (!fs.existsSync(path)) make();
      const person = read();
      if (person === undefined) {
        throw new AppError('library-damaged', localized`${path} does not say who you are`);
      }
      const known = db()
        .prepare<[string], [string]>('SELECT name FROM persons WHERE person = ?')
        .get(person)?.[0];
      if (known === name) return { person, unrecorded: [] };
      const writers = known === undefined ? writersOf(db(), name) : [];
      const formerName = writers.length === 0 ? null : name;
      return { person, unrecorded: [{ type: 'person', person, name, formerName, writers }] };
    },
  };
}

/** Leaves what is there; some file systems know no links, and there the last one stays. */
function link(temporary: string, path: string): void {
  try {
    fs.linkSync(temporary, path);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    if (!fs.existsSync(path)) fs.renameSync(temporary, path);
  }
}

function parsePerson(text: string): PersonId | undefined {
  return /^\s*\{\s*"id"\s*:\s*"([0-9a-f]{24})"/.exec(text)?.[1];
}

/** Writers that called somebody by this bare name. */
function writersOf(db: Sqlite, name: string): readonly string[] {
  const rows = db
    .prepare<[string, string], [string]>(
      'SELECT event FROM ratings WHERE rated_by = ? UNION SELECT event FROM outcomes WHERE told_by = ?',
    )
    .all(name, name);
  return [...new Set(rows.map(([event]) => writerOf(event)))].sort();
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
