import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { bad } from './input.ts';
import type { Io } from './io.ts';
import { readAll, toText } from './io.ts';

/** What is known of an issue from the command line. */
export interface IssueInput {
  readonly text: string;
  /** Of an instance of a benchmark: the commit the issue was found at. */
  readonly revision: string | undefined;
  /** Of an instance: the folder of its repository, or `owner/name`. */
  readonly repository: string | undefined;
}

/**
 * Reads an issue: `-` is standard input, the name of a file is its text, all else is the text itself.
 * A text that is a JSON object is an instance of SWE-bench (`problem_statement`, `base_commit`,
 * `repo`) or an issue as trackers export it (`title`, `body`).
 *
 * @throws AppError `bad-argument`
 */
export async function readIssueInput(given: string, io: Io): Promise<IssueInput> {
  const text = await readGiven(given, io);
  if (text.trim() === '') throw bad('the issue is empty');
  const fields = toFields(text);
  if (fields === undefined) return { text, revision: undefined, repository: undefined };
  const said = fields('problem_statement') ?? joinIssue(fields('title'), fields('body'));
  if (said === undefined) {
    throw bad('the JSON of the issue has neither problem_statement nor title and body');
  }
  return { text: said, revision: fields('base_commit'), repository: fields('repo') };
}

async function readGiven(given: string, io: Io): Promise<string> {
  if (given === '-') return readAll(io.stdin);
  const file = resolve(io.cwd, given);
  // A text may be longer than any name, or hold what no name may.
  const isFile = given.length < 4_096 && !given.includes('\n') && !given.includes('\0');
  if (!isFile || statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return given;
  return toText(await readFile(file), given);
}

/** Fields of an object that are texts, by name; `undefined` for a text that is no JSON object. */
function toFields(text: string): ((name: string) => string | undefined) | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // A text may begin with a brace.
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const values = new Map<string, unknown>(Object.entries(parsed));
  return (name) => {
    const value = values.get(name);
    return typeof value === 'string' && value.trim() !== '' ? value : undefined;
  };
}

function joinIssue(title: string | undefined, body: string | undefined): string | undefined {
  const parts = [title, body].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join('\n\n');
}
