import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SourceParser } from '../../src/core/extraction/parsing/parsedSource.ts';
import { openSourceParser } from '../../src/core/extraction/sourceParser.ts';
import { openLibrary } from '../../src/core/library/library.ts';
import type { CommitReport } from '../../src/core/model/api/jobs.ts';
import type { Watch } from '../../src/core/model/api/watch.ts';
import { languageOf } from '../../src/core/model/fileLanguage.ts';
import type { ChangePattern } from '../../src/core/model/pattern.ts';
import type { Library } from '../../src/core/model/ports/library.ts';
import { extractHistory, reportHistory } from '../../src/core/jobs/extract/extractHistory.ts';
import type { HistorySummary } from '../../src/core/jobs/extract/extractFolder.ts';
import { createSecretGate } from '../../src/core/secrets/gate.ts';
import { type GitRepository, openGit } from '../../src/core/sources/git/repository.ts';
import { ASSETS } from './assets.ts';
import { type CommitDraft, createRepository, type TestRepository } from './repository.ts';

export const PROJECT = 'git:test';

/** A function whose guard is what a commit adds. */
export function text(guard: string): string {
  return `/** Reads the size. */\nexport function sizeOf(list) {\n${guard}  return list.length;\n}\n`;
}

export const PLAIN = text('');
export const GUARDED = text('  if (list === undefined) return 0;\n');
export const STRICT = text("  if (list === undefined) throw new TypeError('no list');\n");

export const FIX: CommitDraft = {
  message: 'fix: a missing list has no size (#12)\n\nCloses #7',
  files: { 'src/size.js': GUARDED, 'test/size.test.js': 'it();\n' },
  author: 'bob@example.com',
  dateSeconds: 1_700_100_000,
};

/** Histories of real repositories, read into a library that is new for each test. */
export interface HistoryBench {
  readonly library: Library;
  readonly repository: (drafts?: readonly CommitDraft[]) => TestRepository;
  readonly extract: (place: string, since?: number, watch?: Watch) => Promise<HistorySummary>;
  readonly report: (place: string) => Promise<readonly CommitReport[]>;
  /** The before/after pairs of the library. */
  readonly changes: () => readonly ChangePattern[];
}

/** Opens and removes what the tests of the `describe` around it need. */
export function useHistoryBench(): HistoryBench {
  let parser: SourceParser;
  let library: Library;
  let folder: string;
  const made: TestRepository[] = [];
  const gate = createSecretGate();

  before(async () => {
    parser = await openSourceParser({ assetsDir: ASSETS });
  });
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pattern-foundry-library-'));
    library = await openLibrary({
      folder,
      assetsDir: ASSETS,
      gate,
      random: randomBytes,
      now: () => 1_700_000_000_000,
      model: 'none',
      textHashOf: ({ id }) => id,
    });
    await library.record([{ type: 'project', project: PROJECT, name: 'test', aliases: [] }]);
  });
  afterEach(() => {
    library.close();
    rmSync(folder, { recursive: true, force: true });
  });
  after(() => {
    parser.close();
    for (const repository of made) repository.remove();
  });

  const repository = (drafts: readonly CommitDraft[] = []): TestRepository => {
    const created = createRepository();
    made.push(created);
    if (drafts.length > 0) created.commit(drafts);
    return created;
  };
  const open = async (place: string): Promise<GitRepository> => {
    const git = await openGit(place);
    assert.ok(git !== undefined);
    return git;
  };
  const extract = async (
    place: string,
    since?: number,
    watch: Watch = {},
  ): Promise<HistorySummary> => {
    const git = await open(place);
    const scope = { project: PROJECT, sinceSeconds: since };
    return extractHistory({ git, parser, languageOf, library, gate }, scope, watch);
  };
  const changes = (): readonly ChangePattern[] =>
    library.patterns
      .list({}, 1000)
      .patterns.filter((pattern): pattern is ChangePattern => 'after' in pattern);
  const report = async (place: string): Promise<readonly CommitReport[]> =>
    reportHistory({ git: await open(place), parser, languageOf }, undefined);

  return {
    get library() {
      return library;
    },
    repository,
    extract,
    report,
    changes,
  };
}
