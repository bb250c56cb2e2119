import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type IssueDocument, readIssueDocument } from '../core/model/resolution/issueDocument.ts';
import { bad } from './input.ts';
import type { Io } from './io.ts';
import { readAll, toText } from './io.ts';

/**
 * Reads an issue: `-` is standard input, the name of a file is its text, all else is the text itself.
 * A text that is a JSON object is an instance of SWE-bench (`problem_statement`, `base_commit`,
 * `repo`) or an issue as trackers export it (`title`, `body`).
 *
 * @throws AppError `bad-argument`
 */
export async function readIssueInput(given: string, io: Io): Promise<IssueDocument> {
  const text = await readGiven(given, io);
  if (text.trim() === '') throw bad('the issue is empty');
  const document = readIssueDocument(text);
  if (document === 'no-issue') {
    throw bad('the JSON of the issue has neither problem_statement nor title and body');
  }
  return document ?? { text, revision: undefined, repository: undefined };
}

async function readGiven(given: string, io: Io): Promise<string> {
  if (given === '-') return readAll(io.stdin);
  const file = resolve(io.cwd, given);
  // A text may be longer than any name, or hold what no name may.
  const isFile = given.length < 4_096 && !given.includes('\n') && !given.includes('\0');
  if (!isFile || statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return given;
  return toText(await readFile(file), given);
}
