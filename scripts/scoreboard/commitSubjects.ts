import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Change } from '../../src/core/model/code.ts';
import { openSourceParser } from '../../src/core/extraction/sourceParser.ts';
import { DEFAULT_CONFIG } from '../../src/core/model/config.ts';
import { openSourceTexts } from '../../src/core/sources/sourceText.ts';
import { createWanted } from '../../src/core/jobs/extract/wanted.ts';
import { openPairing } from '../../src/core/jobs/extract/historyPairs.ts';
import { openGit } from '../../src/core/sources/git/repository.ts';

import { halfOf, toScoredDocument, type GroundTruth, type JudgedQuery } from './groundTruth.ts';

const MAX_COMMITS = 60;
/** A commit that changes more functions is not about one thing. */
const MAX_CHANGES = 6;
const MIN_WORDS = 4;

/**
 * The subject of a commit asks for the functions it changed, each as it was before the oldest of
 * the commits taken. Functions of all repositories lie in one library.
 */
export async function commitSubjects(reposDir: string, assetsDir: string): Promise<GroundTruth> {
  const documents = new Map<string, { readonly rowId: number; change: Change }>();
  const queries: JudgedQuery[] = [];
  for (const repository of readdirSync(reposDir).sort()) {
    const commits = await changesOf(join(reposDir, repository), assetsDir);
    for (const { subject, changes } of commits) {
      const relevant = new Set<number>();
      for (const change of changes) {
        const key = `${repository} ${change.path} ${change.qualifiedName}`;
        const rowId = documents.get(key)?.rowId ?? documents.size + 1;
        documents.set(key, { rowId, change });
        relevant.add(rowId);
      }
      queries.push({ text: subject, relevant, half: halfOf(subject) });
    }
  }
  return {
    name: 'commit subject → functions',
    documents: [...documents.values()].map(({ rowId, change }) =>
      toScoredDocument(rowId, {
        language: change.language,
        name: change.name,
        context: change.qualifiedName.slice(0, -change.name.length - 1),
        signature: change.signature,
        description: change.description,
        code: change.before === '' ? change.after : change.before,
      }),
    ),
    queries,
  };
}

interface SubjectChanges {
  readonly subject: string;
  readonly changes: readonly Change[];
}

/** Newest first. */
async function changesOf(folder: string, assetsDir: string): Promise<readonly SubjectChanges[]> {
  const git = await openGit(folder);
  if (git?.head === undefined) return [];
  const parser = await openSourceParser({ assetsDir });
  const settings = DEFAULT_CONFIG.extraction;
  const { topLevel, attributesFile } = git;
  const texts = openSourceTexts(topLevel, { attributesFile, ...settings });
  const pairing = await openPairing({
    ...{ git, parser, texts, wants: createWanted(settings).change },
    pause: () => Promise.resolve(),
  });
  const found: SubjectChanges[] = [];
  const subjects = new Set<string>();
  for await (const commit of git.log({ head: git.head })) {
    if (found.length >= MAX_COMMITS) break;
    const subject = (commit.message.split('\n', 1)[0] ?? '').replace(/\s*\(#\d+\)$/, '');
    if (subject.split(/\s+/).length < MIN_WORDS || subjects.has(subject)) continue;
    const { changes } = await pairing.finish(pairing.start(commit, true));
    if (changes.length === 0 || changes.length > MAX_CHANGES) continue;
    subjects.add(subject);
    found.push({ subject, changes });
  }
  await pairing.close();
  parser.close();
  return found;
}
