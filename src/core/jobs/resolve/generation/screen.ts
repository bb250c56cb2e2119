import { dirname } from 'node:path';
import type { SourceParser } from '../../../extraction/parsing/parsedSource.ts';
import type { TokenFile } from '../../../model/suggestions/edit.ts';
import { namesOf, unknownNames } from '../../../suggestions/edits/unknownNames.ts';
import { isAsSound, readCode, type ReadCode } from '../../soundChange.ts';

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
  const before = new Map<TokenFile, ReadCode>();

  async function readBefore(file: TokenFile): Promise<ReadCode> {
    const code = before.get(file) ?? (await readCode(parser, file));
    before.set(file, code);
    return code;
  }

  return {
    async passes(file, text) {
      const changed = await readCode(parser, { path: file.path, text });
      if (!isAsSound(await readBefore(file), changed)) return false;
      const around = { anywhere, inFolder: namesBeside(file) };
      return unknownNames(file, changed, around).length === 0;
    },
  };
}
