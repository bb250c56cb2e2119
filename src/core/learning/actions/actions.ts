import type { FileEdit, Session } from '../../model/sessions/session.ts';
import { withoutHeredocs } from '../../platform/shell/heredocs.ts';
import { splitCommand } from '../../platform/text/shellCommand.ts';

/** A call of a tool, and what became of it. */
export interface Action {
  /** Place of its step in the session, from 0. */
  readonly step: number;
  readonly tool: string;
  readonly command: string;
  /** What it is known by when it is tried again: a program, or a tool with its file. */
  readonly target: string;
  readonly output: string;
  readonly exitCode: number | undefined;
  /** By the tool itself. */
  readonly hasFailed: boolean;
  /** It was cancelled or refused by a person, and says nothing of what it did. */
  readonly isConsequence: boolean;
  /** Files it wrote by a tool for that, relative to the folder of the session where they are in it. */
  readonly edited: readonly string[];
  /** Those of them that were not there before. */
  readonly made: readonly string[];
  /** Lines it added there. */
  readonly added: number;
  /** Lines of its command, and those it wrote into files. */
  readonly lines: readonly string[];
  /** What it wrote into files, of each the lines that were not there before; at least one says something. */
  readonly wrote: readonly { readonly path: string; readonly lines: readonly string[] }[];
}

/** What agents did, in order; what has not come back is left out. */
export function actionsOf({ steps, folder }: Session): readonly Action[] {
  const inFolder = (path: string): string => withoutFolder(path, folder);
  return steps.flatMap((step, at) =>
    step.toolCalls.flatMap((call) => {
      const { name, command = '', observation, reads, edits } = call;
      if (observation === undefined) return [];
      const { text, exitCode, error } = observation;
      const file = reads ?? edits[0]?.path;
      const target = command === '' ? `${name} ${file ?? ''}` : programOf(command);
      return [
        {
          ...{ step: at, tool: name, command, target, output: text, exitCode },
          hasFailed: error === 'command' || error === 'tool',
          isConsequence: error === 'cancelled' || error === 'rejected' || error === 'api',
          edited: edits.map(({ path }) => inFolder(path)),
          made: edits
            .filter(({ text: lines }) => lines?.before === '')
            .map(({ path }) => inFolder(path)),
          added: edits.reduce((sum, edit) => sum + edit.added, 0),
          lines: [
            ...command.split(/\n|\\n| && |; /, MOST_LINES).map((line) => line.trim()),
            ...edits.flatMap(newLines).slice(0, MOST_LINES),
          ],
          wrote: edits.flatMap((edit) => {
            const lines = newLines(edit).slice(0, MOST_LINES);
            return lines.some(saysSomething) ? [{ path: inFolder(edit.path), lines }] : [];
          }),
        },
      ];
    }),
  );
}

/** A text in which paths of a session are as they are seen from its folder. */
export function withoutFolder(text: string, folder: string | undefined): string {
  if (folder === undefined || folder === '') return text;
  // The same names may be in the middle of another path.
  return text
    .split(`${folder}/`)
    .reduce((told, rest) =>
      IN_PATH.test(told.at(-1) ?? '') ? `${told}${folder}/${rest}` : told + rest,
    );
}

const IN_PATH = /[\w.\-/\\]/;

const MOST_LINES = 400;

/** More than brackets and marks. */
export function saysSomething(line: string): boolean {
  return /\w{2}/.test(line);
}

/** Lines that an edit brought, without those that stood there before. */
function newLines({ text }: FileEdit): readonly string[] {
  const toLines = (whole = ''): readonly string[] =>
    whole.split('\n', 10 * MOST_LINES).map((line) => line.trim());
  const before = new Set(toLines(text?.before));
  return toLines(text?.after).filter((line) => line !== '' && !before.has(line));
}

/** What runs other programs, and is told what in its first words. */
const RUNNER = /^(?:(?:\S{0,60}\/)?python[\d.]*|node|ruby|perl|bash|sh|npx|uv run|poetry run) /;
const MODULE = /^-m (\S{1,200})/;

/** The last program of a command, and the file it runs: `tests/runtests.py`, `pytest`, `python -`. */
export function programOf(command: string): string {
  const parts = splitCommand(withoutHeredocs(command));
  const main = parts.findLast(({ text }) => !QUIET.test(text))?.text ?? parts[0]?.text ?? '';
  const rest = main.replace(RUNNER, '');
  if (rest === main) return main.split(' ', 1)[0] ?? '';
  const module = MODULE.exec(rest)?.[1];
  const word = rest
    .split(' ')
    .find((part) => !part.startsWith('-') || part === '-' || part === '-c');
  return module ?? word ?? main.split(' ', 1)[0] ?? '';
}

/** What stands around a program and is not what was tried. */
const QUIET =
  /^(?:cd|export|set|source|\.|echo|printf|head|tail|cat|grep|sort|wc|true|tee|rm|mkdir)(?: |$)/;
