import type { ListedRow } from '../../../model/ports/listing.ts';
import { namesOf } from './names.ts';

/** A class that long is one of those the program is built of: who works on it knows it. */
const LINES_OF_A_PILLAR = 750;

/** Folders and files of what is there to be used by the rest. */
const TOOL_PLACE =
  /(?:^|[/._-])(?:util(?:s|ity|ities)?|helpers?|common|shared|support|mixins?|concerns|traits|tools?)(?=[/._-])/i;
/** Where Go keeps all that is not its users'. */
const INTERNAL_PLACE = /(?:^|\/)_?internals?\//;
/** What a class of such a name declares is called by the program, and written by whoever implements it. */
const PROTOCOL_NAME = /(?:Interface|Protocol)$/;
const TOOL_NAME = /(?:Utils?|Utilities|Helpers?|Mixin|Builder|Concern|Extensions)$/;

/** Whether it stands where tools lie, as no kind of something else, or is called as they are. */
export function isTool(row: ListedRow): boolean {
  const { path, language } = row;
  if (TOOL_NAME.test(namesOf(row).name)) return true;
  if (path === null || (row.kind === 'class' && row.isDerived)) return false;
  return TOOL_PLACE.test(path) || (language !== 'go' && INTERNAL_PLACE.test(path));
}

/** Whether a class is so large that the program is built of it, and is no box of tools. */
export function isPillar(row: ListedRow): boolean {
  return row.kind === 'class' && row.lines >= LINES_OF_A_PILLAR && !isTool(row);
}

/** Whether it is one of the methods that a program calls of whatever implements them. */
export function isOfProtocol(row: ListedRow): boolean {
  return PROTOCOL_NAME.test(namesOf(row).owner);
}

/** The text that finds a row by its file and name; a file can have several of one name. */
export function placeOf({
  path,
  qualifiedName,
}: Pick<ListedRow, 'path' | 'qualifiedName'>): string {
  return `${path ?? ''}\n${qualifiedName}`;
}

/** The same for what it stands in. */
export function ownerPlaceOf({ path, qualifiedName }: ListedRow): string {
  const end = Math.max(0, qualifiedName.lastIndexOf('.'));
  return placeOf({ path, qualifiedName: qualifiedName.slice(0, end) });
}

const OF_BASE = /\b(?:super(?:\(\))?\.|parent::|base\.)([\w$]+)/g;

/**
 * Whether a method takes the place of one of its base class, which is what calls it: it says so before
 * its name, or hands on to that one.
 */
export function isOverride(code: string, name: string): boolean {
  const head = code.slice(0, Math.max(0, code.indexOf(name)));
  if (/\boverride\b/i.test(head)) return true;
  return [...code.matchAll(OF_BASE)].some(([, called]) => called === name);
}
