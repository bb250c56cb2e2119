import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openLibrary, type LibraryOptions } from '../../../src/core/library/library.ts';
import type { Library } from '../../../src/core/model/ports/library.ts';
import type { SecretGate } from '../../../src/core/model/ports/secretGate.ts';
import { ASSETS } from '../assets.ts';

/** A gate that knows one secret. */
export const gate: SecretGate = {
  redact: (text) =>
    Promise.resolve({
      text: text.replaceAll('hunter2-secret', '<password>'),
      found: text.includes('hunter2-secret') ? ['password'] : [],
    }),
};

const folders: string[] = [];
const opened: Library[] = [];

export function newLibraryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'library-'));
  folders.push(folder);
  return folder;
}

export async function openTestLibrary(
  folder: string,
  options: Partial<LibraryOptions> = {},
): Promise<Library> {
  const library = await openLibrary({
    folder,
    assetsDir: ASSETS,
    gate,
    personName: 'test',
    random: randomBytes,
    now: Date.now,
    model: 'test',
    textHashOf: ({ code }) => createHash('sha256').update(code).digest('hex').slice(0, 32),
    ...options,
  });
  opened.push(library);
  return library;
}

/** Ends one library in order; the others end when the test does. */
export function closeLibrary(library: Library): void {
  opened.splice(opened.indexOf(library), 1);
  library.close();
}

export function removeLibraries(): void {
  for (const library of opened.splice(0)) library.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Whether any file below the folder holds the text. */
export function isOnDisk(folder: string, text: string): boolean {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .some((path) => readFileSync(path).includes(text));
}
