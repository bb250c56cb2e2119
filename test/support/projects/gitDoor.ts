import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';

import type { LoggedCommit } from '../../../src/core/sources/git/log.ts';
import { type GitRepository, openGit } from '../../../src/core/sources/git/repository.ts';

export async function open(folder: string): Promise<GitRepository> {
  const git = await openGit(folder);
  assert.ok(git !== undefined);
  return git;
}

/** The file of a loose object, made writable. */
export function objectFile(folder: string, id: string): string {
  const file = join(folder, '.git/objects', id.slice(0, 2), id.slice(2));
  chmodSync(file, 0o644);
  return file;
}

export async function collect(log: AsyncIterable<LoggedCommit>): Promise<LoggedCommit[]> {
  const commits: LoggedCommit[] = [];
  for await (const commit of log) commits.push(commit);
  return commits;
}
