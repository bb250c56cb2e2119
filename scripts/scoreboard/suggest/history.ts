import { spawn } from 'node:child_process';

import { codeTokensOf } from '../../../src/core/extraction/codeTokens.ts';
import { functionTextsOf } from '../../../src/core/extraction/functionTexts.ts';
import { isAsSound, readCode, soundPlaces } from '../../../src/core/jobs/soundChange.ts';
import { openSourceParser } from '../../../src/core/extraction/sourceParser.ts';
import type { SourceFile } from '../../../src/core/model/code.ts';
import type { EditPlace, TokenFile } from '../../../src/core/model/suggestions/edit.ts';
import type { SuggestionFile } from '../../../src/core/model/suggestions/suggestion.ts';
import { LOG_FORMAT, parseLog, type LoggedCommit } from '../../../src/core/sources/git/log.ts';
import { openGit } from '../../../src/core/sources/git/repository.ts';
import { MAX_SOURCE_BYTES, openSourceTexts } from '../../../src/core/sources/sourceText.ts';

/** One file that a commit changes; `undefined` where that side has no readable source. */
export interface ChangedFile {
  readonly path: string;
  readonly before: SuggestionFile | undefined;
  readonly after: SuggestionFile | undefined;
}

/** A project's main line, replayed: its code at one commit, and what each later one changes. */
export interface Replay {
  readonly files: readonly SuggestionFile[];
  /** Oldest first. Each is read when it is asked for. */
  commits(): AsyncIterable<{
    readonly commit: string;
    readonly message: string;
    readonly files: readonly ChangedFile[];
    /** False for an import or a new layout, of which nothing is asked. */
    readonly isAsked: boolean;
  }>;
  /** `undefined` where no grammar reads the file. */
  tokens(file: SourceFile): Promise<TokenFile | undefined>;
  /** As the product screens what it offers. */
  isAsSound(before: SourceFile, after: SourceFile): Promise<boolean>;
  soundPlaces(file: SourceFile, places: readonly EditPlace[]): Promise<readonly EditPlace[]>;
  close(): Promise<void>;
}

/** A commit of more files is an import or a new layout. */
const MOST_FILES = 60;
const MOST_KEPT_TEXTS = 3000;

/** @param share of the main line that is known before the replay starts */
export async function openReplay(
  folder: string,
  share: number,
  assetsDir: string,
): Promise<Replay> {
  const git = await openGit(folder);
  if (git?.head === undefined) throw new Error(`${folder} holds no commits`);
  const texts = openSourceTexts(git.topLevel, {
    attributesFile: git.attributesFile,
    exclude: [],
    languages: [],
  });
  const parser = await openSourceParser({ assetsDir });
  const reader = git.openBlobs(MAX_SOURCE_BYTES);
  const known = new Map<string, SuggestionFile | undefined>();

  async function read(path: string, blob: string): Promise<SuggestionFile | undefined> {
    if (/^0+$/.test(blob) || texts.skipPath(path) !== undefined) return undefined;
    const key = `${blob} ${path}`;
    if (!known.has(key)) {
      if (known.size > MOST_KEPT_TEXTS) known.clear();
      known.set(key, await parse(path, blob));
    }
    return known.get(key);
  }

  async function parse(path: string, blob: string): Promise<SuggestionFile | undefined> {
    const bytes = await reader.read(blob);
    if (typeof bytes === 'string') return undefined;
    const source = await texts.readVersion(path, bytes);
    if ('skipped' in source) return undefined;
    const parsed = await parser.parse(path, source.text);
    if (parsed === undefined) return undefined;
    try {
      return { path, text: source.text, functions: functionTextsOf(parsed) };
    } finally {
      parsed.delete();
    }
  }

  const line = (await mainLine(folder)).reverse();
  const start = Math.floor(line.length * share);
  const tree = await git.tree(line[start]?.commit ?? git.head);
  const files = await Promise.all(
    (tree?.files ?? [])
      .filter(({ mode }) => mode !== '120000')
      .map(({ path, blob }) => read(path, blob)),
  );
  return {
    files: files.filter((file) => file !== undefined),
    async *commits() {
      for (const { commit, message, entries } of line.slice(start + 1)) {
        // A file that was only moved no longer stands where it was.
        const wanted = entries.filter(
          ({ path, previousPath, oldBlob, newBlob }) =>
            (oldBlob !== newBlob || path !== previousPath) &&
            [path, previousPath].some((one) => texts.skipPath(one) === undefined),
        );
        const files = await readAll(wanted);
        yield { commit, message, files, isAsked: wanted.length <= MOST_FILES };
      }
    },
    async tokens({ path, text }) {
      const parsed = await parser.parse(path, text);
      if (parsed === undefined) return undefined;
      try {
        return { path, text, tokens: codeTokensOf(parsed) };
      } finally {
        parsed.delete();
      }
    },
    isAsSound: async (before, after) =>
      isAsSound(await readCode(parser, before), await readCode(parser, after)),
    soundPlaces: async (file, places) =>
      places.length === 0 ? [] : soundPlaces(parser, await readCode(parser, file), places),
    async close() {
      await reader.close();
      parser.close();
    },
  };

  async function readAll(entries: LoggedCommit['entries']): Promise<readonly ChangedFile[]> {
    const changed: ChangedFile[] = [];
    for (const { path, previousPath, oldBlob, newBlob } of entries) {
      if (previousPath !== path) {
        changed.push({
          path: previousPath,
          before: await read(previousPath, oldBlob),
          after: undefined,
        });
      }
      changed.push({ path, before: await read(path, oldBlob), after: await read(path, newBlob) });
    }
    return changed;
  }
}

/** Newest first; merges by what they bring to the main line. */
async function mainLine(folder: string): Promise<LoggedCommit[]> {
  const options = ['--first-parent', '-m', '--raw', '-z', '--no-abbrev', '-M'];
  const git = spawn('git', ['log', ...options, `--format=${LOG_FORMAT}`, 'HEAD'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const commits: LoggedCommit[] = [];
  for await (const commit of parseLog(git.stdout)) commits.push(commit);
  return commits;
}
