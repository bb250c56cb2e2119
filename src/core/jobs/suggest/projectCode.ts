import { dirname, relative, sep } from 'node:path';
import { functionTextsOf } from '../../extraction/functionTexts.ts';
import type { SourceParser } from '../../extraction/parsing/parsedSource.ts';
import type { FilePlace } from '../../model/api/suggest.ts';
import type { SourceFile } from '../../model/code.ts';
import type { EditPlace } from '../../model/suggestions/edit.ts';
import type { EpochMs } from '../../model/epochMs.ts';
import type { SuggestionFile, WrittenFunction } from '../../model/suggestions/suggestion.ts';
import { listFiles } from '../../sources/files/listing.ts';
import { openGit, type GitRepository } from '../../sources/git/repository.ts';
import { identifyProject } from '../../sources/project.ts';
import { MAX_SOURCE_BYTES, openSourceTexts, type SourceTexts } from '../../sources/sourceText.ts';
import {
  createProjectSuggestions,
  type ProjectSuggestions,
} from '../../suggestions/projectSuggestions.ts';
import { readCode, type ReadCode, soundPlaces } from '../soundChange.ts';
import { changedIn, type ChangedVersion } from './changedVersions.ts';
import { createCommittedTexts } from './committedTexts.ts';

export interface ProjectCodeParts {
  readonly parser: SourceParser;
  /** Globs of what is never read. */
  readonly exclude: readonly string[];
  readonly now: () => EpochMs;
}

/** The code of one project as suggestions need it, read in the background. */
export interface ProjectCode {
  /** Absolute. */
  readonly root: string;
  readonly suggestions: ProjectSuggestions;
  /** With `/`; `undefined` for what is no source of this project. */
  pathOf(file: string): string | undefined;
  /** An editor's text takes the place of the file's. */
  put(path: string, text: string): Promise<void>;
  /** The file's own text counts again. */
  restore(path: string): Promise<void>;
  /** The files as editors or, where none has them open, the disk hold them. */
  texts(): AsyncIterable<SourceFile>;
  /** One of them; `undefined` where there is none that can be read. */
  textOf(path: string): Promise<string | undefined>;
  /** Without tokens where no grammar reads the file. */
  read(file: SourceFile): Promise<ReadCode>;
  /** Those of some places of a file where the change leaves it as sound as it is. */
  soundPlaces(file: ReadCode, places: readonly EditPlace[]): Promise<readonly EditPlace[]>;
  /** The file as of the last commit; see `CommittedTexts`. */
  committed(path: string): Promise<string | undefined>;
  /** Versions of files before and after a commit; `undefined` where there is no such commit. */
  changedIn(commit: string): Promise<readonly ChangedVersion[] | undefined>;
  /** Reads what is not read or has changed on the disk; one run at a time. */
  refresh(pause: () => Promise<void>): Promise<void>;
}

/** @throws AppError `git-failed`, `git-missing`, `folder-not-found` */
export async function openProjectCode(
  { file, folder }: FilePlace,
  parts: ProjectCodeParts,
): Promise<ProjectCode> {
  // A commit is looked for in the folder itself.
  const around = await openGit(file === folder ? folder : dirname(file));
  // From there all of the repository is listed.
  const git = around && (await openGit(around.topLevel));
  const { root } = await identifyProject(folder, git);
  const texts = openSourceTexts(root, {
    attributesFile: git?.attributesFile,
    exclude: parts.exclude,
    languages: [],
  });
  return createProjectCode({ root, git, texts }, parts);
}

interface Sources {
  readonly root: string;
  readonly git: GitRepository | undefined;
  readonly texts: SourceTexts;
}

function createProjectCode(
  { root, git, texts }: Sources,
  { parser, now }: ProjectCodeParts,
): ProjectCode {
  const suggestions = createProjectSuggestions();
  const committed = createCommittedTexts(git, texts);
  /** Of files as they are on the disk. */
  const stamps = new Map<string, string>();
  const open = new Map<string, string>();
  let refreshing: Promise<void> | undefined;

  async function read(path: string, text: string): Promise<readonly WrittenFunction[]> {
    const source = await parser.parse(path, text);
    if (source === undefined) return [];
    try {
      return functionTextsOf(source);
    } finally {
      source.delete();
    }
  }

  async function readFile(path: string): Promise<void> {
    const source = await texts.readFile(path);
    if (open.has(path)) return;
    if ('skipped' in source) suggestions.drop(path);
    else {
      const text = source.text.replaceAll('\r\n', '\n');
      suggestions.put({ path, text, functions: await read(path, text) });
    }
  }

  async function readAll(pause: () => Promise<void>): Promise<void> {
    committed.renew();
    const { files } = await listFiles(root, { git, texts, maxBytes: MAX_SOURCE_BYTES, now });
    const gone = new Set(stamps.keys());
    for (const { path, stamp } of files) {
      gone.delete(path);
      if (stamps.get(path) === stamp) continue;
      stamps.set(path, stamp);
      if (!open.has(path)) await readFile(path);
      await pause();
    }
    for (const path of gone) {
      stamps.delete(path);
      if (!open.has(path)) suggestions.drop(path);
    }
  }

  async function textOf(path: string): Promise<string | undefined> {
    const edited = open.get(path);
    const source = edited === undefined ? await texts.readFile(path) : { text: edited };
    return 'text' in source ? source.text.replaceAll('\r\n', '\n') : undefined;
  }

  return {
    root,
    suggestions,
    pathOf(file) {
      const path = relative(root, file).split(sep).join('/');
      if (path === '' || path.startsWith('../')) return undefined;
      return texts.skipPath(path) === undefined ? path : undefined;
    },
    async put(path, edited) {
      // An editor may hold other line ends.
      const text = edited.replaceAll('\r\n', '\n');
      open.set(path, text);
      const former = await committed.of(path);
      const file: SuggestionFile = { path, text, functions: await read(path, text) };
      const isChanged = former !== undefined && former !== text;
      suggestions.put(
        isChanged
          ? { ...file, committed: { text: former, functions: await read(path, former) } }
          : file,
      );
    },
    async restore(path) {
      open.delete(path);
      stamps.delete(path);
      await readFile(path);
    },
    async *texts() {
      const { files } = await listFiles(root, { git, texts, maxBytes: MAX_SOURCE_BYTES, now });
      for (const { path } of files) {
        const text = await textOf(path);
        if (text !== undefined) yield { path, text };
      }
    },
    textOf,
    read: (file) => readCode(parser, file),
    soundPlaces: (file, places) => soundPlaces(parser, file, places),
    committed(path) {
      // What is being edited may have been committed a moment ago.
      committed.renew();
      return committed.of(path);
    },
    changedIn: async (commit) => (git === undefined ? undefined : changedIn(git, texts, commit)),
    refresh(pause) {
      refreshing ??= readAll(pause).finally(() => {
        refreshing = undefined;
      });
      return refreshing;
    },
  };
}
