import type { GitRepository } from '../../sources/git/repository.ts';
import { MAX_SOURCE_BYTES, type SourceTexts } from '../../sources/sourceText.ts';

/** A file that a commit changes, in both versions. */
export interface ChangedVersion {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** Of one commit; more is an import or a new layout. */
const MOST_FILES = 200;

/** Source files that stand in a commit and in the one before it, in different versions. */
export async function changedIn(
  git: GitRepository,
  texts: Pick<SourceTexts, 'skipPath' | 'readVersion'>,
  commit: string,
): Promise<readonly ChangedVersion[] | undefined> {
  const after = await git.tree(commit);
  if (after === undefined) return undefined;
  const before = await git.tree(`${after.commit}^`);
  const blobs = new Map(before?.files.map(({ path, blob }) => [path, blob]));
  const changed = after.files.filter(({ path, blob }) => {
    const former = blobs.get(path);
    return former !== undefined && former !== blob && texts.skipPath(path) === undefined;
  });
  const reader = git.openBlobs(MAX_SOURCE_BYTES);
  const read = async (path: string, blob: string): Promise<string | undefined> => {
    const bytes = await reader.read(blob);
    if (typeof bytes === 'string') return undefined;
    const source = await texts.readVersion(path, bytes);
    return 'skipped' in source ? undefined : source.text.replaceAll('\r\n', '\n');
  };
  try {
    const versions: ChangedVersion[] = [];
    for (const { path, blob } of changed.slice(0, MOST_FILES)) {
      const old = await read(path, blobs.get(path) ?? '');
      const fresh = await read(path, blob);
      if (old !== undefined && fresh !== undefined) {
        versions.push({ path, before: old, after: fresh });
      }
    }
    return versions;
  } finally {
    await reader.close();
  }
}
