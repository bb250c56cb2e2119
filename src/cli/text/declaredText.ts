import type { DeclaredName } from '../../core/model/api/find.ts';
import type { Terminal } from '../command.ts';
import { oneLine } from './clean.ts';
import { numberLines } from './codeText.ts';
import { cutEnd, wrap } from './width.ts';

const INDENT = '   ';

/** What a source declares and the library lacks, as an answer of a search: its name, place and head. */
export function formatDeclared(declared: DeclaredName, terminal: Terminal): string {
  const { style, columns, tableColumns } = terminal;
  const { name, kind, signature, description } = declared;
  const room = Math.max(20, tableColumns - INDENT.length);
  const about = [placeOf(declared), description].filter((part) => part !== '').map(oneLine);
  return [
    `${INDENT}${style.name(oneLine(name))}  ${style.faint(`${kind}, not in the library`)}`,
    ...wrap(declared.why.text, columns - INDENT.length).map((line) => `${INDENT}${line}`),
    `${INDENT}${style.faint(cutEnd(about.join(' · '), room))}`,
    `${INDENT}${cutEnd(oneLine(signature), room)}`,
  ].join('\n');
}

/** The same with all of its code. */
export async function formatDeclaredWhole(
  declared: DeclaredName,
  terminal: Terminal,
): Promise<string> {
  const { name, description, code, language, line } = declared;
  return [
    terminal.style.name(oneLine(name)),
    ...(description === '' ? [] : wrap(description, terminal.columns)),
    placeOf(declared),
    ...wrap(`not in the library: ${declared.why.text}`, terminal.columns),
    '',
    ...(await numberLines(code, { language, first: line }, terminal)),
  ].join('\n');
}

function placeOf({ path, line }: DeclaredName): string {
  return `${path}:${line}`;
}
