import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SourceParser } from '../../../src/core/extraction/parsing/parsedSource.ts';
import { openSourceParser } from '../../../src/core/extraction/sourceParser.ts';
import { openLibrary } from '../../../src/core/library/library.ts';
import type { CommitReport } from '../../../src/core/model/api/jobs.ts';
import type { Watch } from '../../../src/core/model/api/watch.ts';
import { type Config, DEFAULT_CONFIG } from '../../../src/core/model/config.ts';
import type { ChangePattern } from '../../../src/core/model/pattern.ts';
import type { Library } from '../../../src/core/model/ports/library.ts';
import {
  extractHistory,
  reportHistory,
  type ReportParts,
} from '../../../src/core/jobs/extract/extractHistory.ts';
import type { HistorySummary } from '../../../src/core/jobs/extract/extractFolder.ts';
import { historyVersion } from '../../../src/core/jobs/extract/historyPlan.ts';
import { createWanted } from '../../../src/core/jobs/extract/wanted.ts';
import { openSourceTexts } from '../../../src/core/sources/sourceText.ts';
import { createSecretGate } from '../../../src/core/secrets/gate.ts';
import { type GitRepository, openGit } from '../../../src/core/sources/git/repository.ts';
import { ASSETS } from '../assets.ts';
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

/** Functions as small as tests read best. */
const SMALL: Config['extraction'] = { ...DEFAULT_CONFIG.extraction, minLines: 1, minComplexity: 1 };

/** Histories of real repositories, read into a library that is new for each test. */
export interface HistoryBench {
  readonly library: Library;
  readonly repository: (drafts?: readonly CommitDraft[]) => TestRepository;
  readonly extract: (place: string, since?: number, watch?: Watch) => Promise<HistorySummary>;
  /** Lays settings over those of the test that has none. */
  readonly configure: (settings: Partial<Config['extraction']>) => void;
  readonly report: (place: string) => Promise<readonly CommitReport[]>;
  /** The before/after pairs of the library. */
  readonly changes: () => readonly ChangePattern[];
}

/** Opens and removes what the tests of the `describe` around it need. */
export function useHistoryBench(): HistoryBench {
  let parser: SourceParser;
  let library: Library;
  let folder: string;
  let settings = SMALL;
  const made: TestRepository[] = [];
  const gate = createSecretGate();

  before(async () => {
    parser = await openSourceParser({ assetsDir: ASSETS });
  });
  beforeEach(async () => {
    settings = SMALL;
    folder = mkdtempSync(join(tmpdir(), 'pattern-foundry-library-'));
    library = await openLibrary({
      folder,
      assetsDir: ASSETS,
      gate,
      personName: 'test',
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
  const pairingParts = (git: GitRepository): ReportParts => ({
    git,
    parser,
    texts: openSourceTexts(git.topLevel, { attributesFile: git.attributesFile, ...settings }),
    wants: createWanted(settings).change,
  });
  const extract = async (
    place: string,
    since?: number,
    watch: Watch = {},
  ): Promise<HistorySummary> => {
    const git = await open(place);
    const scope = { project: PROJECT, sinceSeconds: since, version: historyVersion(settings) };
    return extractHistory({ ...pairingParts(git), library, gate }, scope, watch);
  };
  const changes = (): readonly ChangePattern[] =>
    library.patterns
      .list({}, 1000)
      .patterns.filter((pattern): pattern is ChangePattern => 'after' in pattern);
  const report = async (place: string): Promise<readonly CommitReport[]> =>
    reportHistory(pairingParts(await open(place)), undefined);

  return {
    get library() {
      return library;
    },
    repository,
    configure: (over) => {
      settings = { ...SMALL, ...over };
    },
    extract,
    report,
    changes,
  };
}
