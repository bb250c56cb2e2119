import { dirname } from 'node:path';
import { codeTokensOf } from '../../../extraction/codeTokens.ts';
import type { SourceParser } from '../../../extraction/parsing/parsedSource.ts';
import type { TokenFile } from '../../../model/suggestions/edit.ts';
import { countDeclaredTwice } from '../../../suggestions/edits/declaredTwice.ts';
import { namesOf, unknownNames } from '../../../suggestions/edits/unknownNames.ts';

/** Tells what a compiler or the first run would refuse. */
export interface Screen {
  /** Whether a file with this text is as sound as it was: read by its grammar, and all names known. */
  passes(file: TokenFile, text: string): Promise<boolean>;
}

/** @param files all that are looked at: names that they use are known */
export function createScreen(parser: SourceParser, files: readonly TokenFile[]): Screen {
  const anywhere = new Set(files.flatMap(({ tokens }) => namesOf(tokens)));
  const near = new Map<string, ReadonlySet<string>>();
  const namesBeside = ({ path }: TokenFile): ReadonlySet<string> => {
    const folder = dirname(path);
    const beside = files.filter((file) => dirname(file.path) === folder);
    const names = near.get(folder) ?? new Set(beside.flatMap(({ tokens }) => namesOf(tokens)));
    near.set(folder, names);
    return names;
  };
  const faultsBefore = new Map<TokenFile, number>();

  async function faultsOf(file: TokenFile): Promise<number> {
    const faults = faultsBefore.get(file) ?? (await read(parser, file)).faults;
    faultsBefore.set(file, faults);
    return faults;
  }

  return {
    async passes(file, text) {
      const changed = await read(parser, { ...file, text });
      if (changed.faults > 0 && changed.faults > (await faultsOf(file))) return false;
      if (countDeclaredTwice(changed.file) > countDeclaredTwice(file)) return false;
      const around = { anywhere, inFolder: namesBeside(file) };
      return unknownNames(file, changed.file, around).length === 0;
    },
  };
}

/** A text with its tokens, and how many pieces of it its grammar could not read. */
async function read(
  parser: SourceParser,
  { path, text }: TokenFile,
): Promise<{ readonly file: TokenFile; readonly faults: number }> {
  const source = await parser.parse(path, text);
  try {
    const tokens = source === undefined ? [] : codeTokensOf(source);
    const unread = source?.masked?.blanks.filter(({ role }) => role === 'unread') ?? [];
    const faults = source?.hasErrors === false ? unread.length : Infinity;
    return { file: { path, text, tokens }, faults };
  } finally {
    source?.delete();
  }
}
