import { realpathSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { openExtractor } from '../../extraction/extractor.ts';
import { FILE_NAMES } from '../../extraction/frames.ts';
import type { DraftPlace, DraftProposal, PatternDraft } from '../../model/api/curate.ts';
import { AppError } from '../../model/errors.ts';
import type { Provenance } from '../../model/pattern.ts';
import { errorCode } from '../../platform/fileSystem.ts';
import { openGit } from '../../sources/git/repository.ts';
import { type FirstCommits, identifyProject } from '../../sources/project.ts';
import type { ProjectsOfFolders } from '../find/scope.ts';
import { languageOfDraft, readDraft } from './draft.ts';

export interface PlaceParts {
  readonly firstCommits: FirstCommits;
  readonly projectsOfFolders: ProjectsOfFolders;
}

/**
 * Where code that a person saved stands: its project, as the library knows it, file and lines.
 * `undefined` where the folder is gone, as may be while an editor still holds the file.
 */
export async function provenanceOf(
  { file, firstLine, lastLine }: DraftPlace,
  { firstCommits, projectsOfFolders }: PlaceParts,
): Promise<Provenance | undefined> {
  const folder = dirname(file);
  const realFolder = realPath(folder);
  if (realFolder === undefined) return undefined;
  const [known] = await projectsOfFolders([folder]);
  const project = await identifyProject(folder, await openGitIfThere(folder), firstCommits);
  const key = known ?? project.keys[0] ?? null;
  // Without git the project is the folder that was learned from.
  const root = key?.startsWith('dir:') === true ? key.slice('dir:'.length) : project.root;
  return {
    project: key,
    projectName: basename(root),
    path: relative(root, realPath(file) ?? join(realFolder, basename(file))).replaceAll('\\', '/'),
    range: {
      start: { line: firstLine, character: 0 },
      end: { line: lastLine + 1, character: 0 },
    },
    ...{ commit: null, author: null, date: null },
  };
}

/** `undefined` for what is not there. */
function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** A machine without git has folders all the same. */
async function openGitIfThere(folder: string): ReturnType<typeof openGit> {
  try {
    return await openGit(folder);
  } catch (error) {
    if (error instanceof AppError && error.code === 'git-missing') return undefined;
    throw error;
  }
}

/** See `CurateApi.propose`. */
export async function proposeDraft(
  assetsDir: string,
  draft: PatternDraft,
  text: string,
): Promise<DraftProposal> {
  const { name, description } = await readDraft(assetsDir, draft);
  return {
    ...{ name, description },
    cutOff: await cutOffBy(assetsDir, draft, text),
  };
}

async function cutOffBy(
  assetsDir: string,
  draft: PatternDraft,
  text: string,
): Promise<DraftProposal['cutOff']> {
  const { place } = draft;
  if (place === undefined) return undefined;
  const extractor = await openExtractor({ assetsDir });
  try {
    const language = languageOfDraft(extractor, draft);
    if (language === undefined) return undefined;
    const read = await extractor.extract({ path: FILE_NAMES[language], text });
    for (const { name, range } of read?.fragments ?? []) {
      const [first, last] = [range.start.line, range.end.line];
      const { firstLine, lastLine } = place;
      const startsInside = firstLine > first && firstLine <= last && lastLine > last;
      const endsInside = firstLine <= first && lastLine >= first && lastLine < last;
      if (startsInside || endsInside) return { name, firstLine: first, lastLine: last };
    }
    return undefined;
  } finally {
    extractor.close();
  }
}
