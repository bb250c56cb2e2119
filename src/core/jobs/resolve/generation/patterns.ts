import type { SourceParser } from '../../../extraction/parsing/parsedSource.ts';
import { openSourceParser } from '../../../extraction/sourceParser.ts';
import type { SourceFile } from '../../../model/code.ts';
import { localized } from '../../../model/localizedText.ts';
import type { ChangePattern } from '../../../model/pattern.ts';
import type { Library } from '../../../model/ports/library.ts';
import type { CodePointer } from '../../../model/resolution/codePointer.ts';
import type { Patch } from '../../../model/resolution/patch.ts';
import type { PatchGeneration, StageWatch } from '../../../model/resolution/stages.ts';
import { languageOf } from '../../../model/sourceFile/fileLanguage.ts';
import type { TokenFile } from '../../../model/suggestions/edit.ts';
import { collect } from '../../../resolution/feed.ts';
import { makePatch } from '../../../resolution/patches/makePatch.ts';
import type { Stretch } from '../../../suggestions/edits/fixPlaces.ts';
import { proposalsOf } from '../../../suggestions/edits/proposeFix.ts';
import { rest } from '../../rest.ts';
import { openSourceTree, type TreeSettings } from '../sourceTree.ts';
import { fixesFor, type LibraryFix, namesIn, tokensOf } from './knownFixes.ts';

export interface PatternsParts {
  /** With what other processes wrote meanwhile. */
  readonly current: () => Pick<Library, 'patterns'>;
  readonly assetsDir: string;
  readonly tree: (folder: string) => TreeSettings;
  /** Patches at most; 10 when absent. */
  readonly most?: number;
}

/** A place where fixes are looked for. */
interface Spot {
  readonly file: TokenFile;
  readonly stretch: Stretch;
  readonly place: CodePointer;
}

interface Candidate {
  readonly spot: Spot;
  readonly text: string;
  readonly votes: readonly LibraryFix[];
  readonly score: number;
}

const MOST_PATCHES = 10;
/** Places that are looked at. */
const MOST_PLACES = 60;
/** What the best place has over one that hardly counts, in likeness. */
const BY_PLACE = 3;
/** Places in a file that was found as a whole count less than one in a function that was. */
const WHOLE_FILE = 0.5;
/** What each name costs that a fix brings along and that no file looked at has, in likeness. */
const BY_UNKNOWN_NAME = 3;
/** What each doubling of the fixes that propose the same adds, in likeness. */
const BY_VOTES = 0.7;

/**
 * Proposes fixes that the library knows of other code, where the code around them is as it was there;
 * no model is asked. A fix that several others agree with comes first.
 */
export function createPatterns(parts: PatternsParts): PatchGeneration {
  const { most = MOST_PATCHES } = parts;
  return {
    name: 'patterns',
    parameters: { most },
    async *generate(context, instance, watch = {}) {
      const places = await collect(context, MOST_PLACES);
      const tree = await openSourceTree(instance, parts.tree(instance.folder), watch.signal);
      const parser = await openSourceParser({ assetsDir: parts.assetsDir });
      try {
        const files = await readFiles(places, parser, (path) => tree.readExact(path));
        const spots = places.flatMap((place) => spotOf(place, files.get(place.path)) ?? []);
        const found = await propose({ ...parts, parser, spots }, watch);
        let sample = 0;
        for (const candidate of found) {
          const { file } = candidate.spot;
          const wasSound = await isSound(parser, file);
          if (wasSound && !(await isSound(parser, { ...file, text: candidate.text }))) continue;
          const patch = toPatch(candidate, sample);
          if (patch === undefined) continue;
          yield patch;
          sample += 1;
          if (sample >= most) return;
        }
      } finally {
        parser.close();
        await tree.close();
      }
    },
  };
}

async function readFiles(
  places: readonly CodePointer[],
  parser: SourceParser,
  read: (path: string) => Promise<string | undefined>,
): Promise<ReadonlyMap<string, TokenFile>> {
  const files = new Map<string, TokenFile>();
  for (const path of new Set(places.map((place) => place.path))) {
    const text = await read(path);
    const file = text === undefined ? undefined : await tokensOf(parser, { path, text });
    if (file !== undefined) files.set(path, file);
  }
  return files;
}

/** Whether its grammar reads all of a file: a fix that fits has not to be mended itself. */
async function isSound(parser: SourceParser, { path, text }: SourceFile): Promise<boolean> {
  const source = await parser.parse(path, text);
  try {
    return source?.hasErrors === false;
  } finally {
    source?.delete();
  }
}

function spotOf(place: CodePointer, file: TokenFile | undefined): Spot | undefined {
  if (file === undefined) return undefined;
  const { range } = place;
  if (range === null) return { file, place, stretch: { from: 0, to: file.tokens.length } };
  const lineStarts = [0];
  for (let at = file.text.indexOf('\n'); at !== -1; at = file.text.indexOf('\n', at + 1)) {
    lineStarts.push(at + 1);
  }
  const start = (lineStarts[range.start.line] ?? file.text.length) + range.start.character;
  const end = (lineStarts[range.end.line] ?? file.text.length) + range.end.character;
  const from = file.tokens.findIndex((token) => token.start >= start);
  const to = file.tokens.findIndex((token) => token.start >= end);
  if (from === -1) return undefined;
  return { file, place, stretch: { from, to: to === -1 ? file.tokens.length : to } };
}

async function propose(
  {
    parser,
    spots,
    ...parts
  }: PatternsParts & { readonly parser: SourceParser; readonly spots: readonly Spot[] },
  { signal }: StageWatch,
): Promise<readonly Candidate[]> {
  const files = [...new Set(spots.map(({ file }) => file))];
  const languages = new Set(files.flatMap(({ path }) => languageOf(path) ?? []));
  const present = namesIn(files.map(({ text }) => text));
  const found = new Map<string, Candidate>();
  for await (const known of fixesFor(parts.current(), parser, { files, languages })) {
    await rest({ ...(signal && { signal }) });
    signal?.throwIfAborted();
    const unknown = unknownNames(known, present);
    for (const spot of spots.filter((one) => isOpenTo(known.pattern, one))) {
      for (const { text, likeness } of proposalsOf(known.fix, spot.file, spot.stretch)) {
        const key = `${spot.file.path}\0${text}`;
        const score = likeness + placeScore(spot) - BY_UNKNOWN_NAME * unknown;
        const former = found.get(key);
        const votes = new Set([...(former?.votes ?? []), known]);
        // Who fits best is told first.
        const isBest = former === undefined || score > former.score;
        found.set(key, {
          ...(isBest ? { spot, text, score } : former),
          votes: isBest ? [known, ...[...votes].filter((one) => one !== known)] : [...votes],
        });
      }
    }
  }
  const weight = ({ score, votes }: Candidate): number =>
    score + BY_VOTES * Math.log2(votes.length);
  return [...found.values()].sort((a, b) => weight(b) - weight(a));
}

function isOpenTo(pattern: ChangePattern, spot: Spot): boolean {
  return languageOf(spot.file.path) === pattern.language && !isWhereItWasMade(pattern, spot);
}

/**
 * A fix has been made in the code it was learned from, also where that is called otherwise by now. In a
 * file as a whole nothing tells which function is which.
 */
function isWhereItWasMade(pattern: ChangePattern, { file, place }: Spot): boolean {
  const { qualifiedName, provenance } = pattern;
  if (fileNameOf(file.path) !== fileNameOf(provenance.path ?? '')) return false;
  if (place.symbol === null || place.symbol === qualifiedName) return true;
  const [owner, name] = splitName(qualifiedName);
  const isRenamed = owner !== '' && !file.tokens.some(({ text }) => text === owner);
  return isRenamed && splitName(place.symbol)[1] === name;
}

function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** What a name stands in, without what that stands in, and the name itself. */
function splitName(qualifiedName: string): readonly [owner: string, name: string] {
  const [name = '', owner = ''] = qualifiedName.split('.').reverse();
  return [owner, name];
}

/** How many names the fix brings along that none of the files has. */
function unknownNames({ fix, pattern }: LibraryFix, present: ReadonlySet<string>): number {
  const old = namesIn([pattern.before]);
  const brought = fix.hunks.flatMap(({ newFrom, newTo }) =>
    fix.after.tokens.slice(newFrom, newTo).filter(({ kind }) => kind === 'word'),
  );
  const fresh = new Set(brought.map(({ text }) => text));
  return [...fresh].filter((name) => !old.has(name) && !present.has(name)).length;
}

function placeScore({ place }: Spot): number {
  return BY_PLACE * place.score * (place.kind === 'file' ? WHOLE_FILE : 1);
}

function toPatch({ spot, text, votes }: Candidate, sample: number): Patch | undefined {
  const { path, text: before } = spot.file;
  const [first] = votes;
  const why =
    first === undefined
      ? []
      : [localized`the same was changed in ${first.pattern.qualifiedName}: ${titleOf(first)}`];
  const agreed = votes.length;
  const made = makePatch([{ path, before, after: text }], {
    origin: { by: 'patterns', sample },
    why: agreed > 1 ? [...why, localized`${agreed} fixes of the library propose it`] : why,
  });
  return 'refused' in made ? undefined : made;
}

function titleOf({ pattern }: LibraryFix): string {
  return pattern.message.split('\n', 1)[0] ?? '';
}
