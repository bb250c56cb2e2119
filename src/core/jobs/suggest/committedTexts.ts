import type { BlobReader } from '../../sources/git/blobs.ts';
import type { GitRepository } from '../../sources/git/repository.ts';
import { MAX_SOURCE_BYTES, type SourceTexts } from '../../sources/sourceText.ts';

/** Files as the last commit has them. */
export interface CommittedTexts {
  /**
   * Empty for a file that is not committed; `undefined` outside of a repository and for what cannot
   * be read. Lines end with `\n`.
   */
  of(path: string): Promise<string | undefined>;
  /** Forgets what was read: there may be another commit. */
  renew(): void;
}

export function createCommittedTexts(
  git: GitRepository | undefined,
  texts: Pick<SourceTexts, 'readVersion'>,
): CommittedTexts {
  let tree: Promise<ReadonlyMap<string, string>> | undefined;
  const known = new Map<string, { readonly blob: string; readonly text: string | undefined }>();

  async function readTree(repository: GitRepository): Promise<ReadonlyMap<string, string>> {
    const found = await repository.tree('HEAD');
    return new Map(found?.files.map(({ path, blob }) => [path, blob]));
  }

  async function readBlob(reader: BlobReader, path: string, blob: string) {
    const bytes = await reader.read(blob);
    if (typeof bytes === 'string') return undefined;
    const source = await texts.readVersion(path, bytes);
    return 'skipped' in source ? undefined : source.text.replaceAll('\r\n', '\n');
  }

  return {
    async of(path) {
      if (git === undefined) return undefined;
      tree ??= readTree(git);
      const blob = (await tree).get(path);
      if (blob === undefined) return '';
      const before = known.get(path);
      if (before?.blob === blob) return before.text;
      const reader = git.openBlobs(MAX_SOURCE_BYTES);
      try {
        const text = await readBlob(reader, path, blob);
        known.set(path, { blob, text });
        return text;
      } finally {
        await reader.close();
      }
    },
    renew() {
      tree = undefined;
    },
  };
}
