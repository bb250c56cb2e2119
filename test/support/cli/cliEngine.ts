import { readFileSync, writeFileSync } from 'node:fs';
import { PACKS_CALLS } from '../../../src/core/model/api/packs.ts';
import { TEAM_CALLS } from '../../../src/core/model/api/team.ts';
import { ADAPTERS_CALLS } from '../../../src/core/model/api/adapters.ts';
import type { CallTable } from '../../../src/core/model/api/calls.ts';
import { EXPERIMENTS_CALLS, type ExperimentsApi } from '../../../src/core/model/api/experiments.ts';
import { LEARNING_CALLS } from '../../../src/core/model/api/learning.ts';
import { OUTCOMES_CALLS } from '../../../src/core/model/api/outcomes.ts';
import type { IdiomDeviation } from '../../../src/core/model/code.ts';
import { DEFAULT_CONFIG } from '../../../src/core/model/config.ts';
import type { RepeatedEdit } from '../../../src/core/model/suggestions/edit.ts';
import { AppError } from '../../../src/core/model/errors.ts';
import { localized } from '../../../src/core/model/localizedText.ts';
import type { CommitReport, ExtractionSummary } from '../../../src/core/model/api/jobs.ts';
import type { Injection, TaskContext } from '../../../src/core/model/api/prompts.ts';
import type { Engine } from '../../../src/core/model/engine.ts';
import type { PatternStatistics, RestoreTarget } from '../../../src/core/model/api/curate.ts';
import type { Progress, Watch } from '../../../src/core/model/api/watch.ts';
import type { Scope } from '../../../src/core/model/api/find.ts';
import type { CodePointer } from '../../../src/core/model/resolution/codePointer.ts';
import type { MendedBy } from '../../../src/core/model/resolution/mended.ts';
import type { Selected } from '../../../src/core/model/resolution/stages.ts';
import type { Choice, PatternFilter } from '../../../src/core/model/filter.ts';
import type { Pattern } from '../../../src/core/model/pattern.ts';
import type { PatternVersion } from '../../../src/core/model/outcomes/version.ts';
import { COMMITS, IMPRESSION, SUMMARY, toFound } from './cliAnswers.ts';
import { PATTERNS, codePattern } from './cliPatterns.ts';

export interface MemoryParts {
  readonly patterns?: readonly Pattern[];
  readonly summary?: ExtractionSummary;
  readonly commits?: readonly CommitReport[];
  readonly scope?: Scope;
  /** Packs with patterns that were imported and not accepted, and how many. */
  readonly waiting?: Readonly<Record<string, number>>;
  readonly deviations?: readonly IdiomDeviation[];
  readonly versions?: readonly PatternVersion[];
  readonly places?: readonly CodePointer[];
  readonly selected?: Selected;
  readonly mendedBy?: MendedBy;
  readonly repeated?: readonly RepeatedEdit[];
  readonly experiments?: Partial<ExperimentsApi>;
  readonly injection?: Injection;
  readonly context?: TaskContext;
  readonly progress?: readonly Progress[];
  /** Runs between the steps of progress. */
  readonly pause?: (watch: Watch | undefined) => Promise<void>;
}

export interface MemoryEngine extends Engine {
  /** Names of the calls so far with their arguments, functions and signals left out. */
  readonly calls: readonly (readonly [name: string, ...args: unknown[]])[];
}

/** The engine's contract over a list of patterns: searches by words of the name and description. */
export function createMemoryEngine(parts: MemoryParts = {}): MemoryEngine {
  const patterns = parts.patterns ?? PATTERNS;
  const calls: (readonly [string, ...unknown[]])[] = [];
  const called = (...call: readonly [string, ...unknown[]]): void => {
    calls.push(call);
  };
  const find = (id: string): Pattern | undefined =>
    patterns.find((pattern) => pattern.id.startsWith(id));
  const get = (id: string): Pattern => {
    const pattern = find(id);
    if (pattern !== undefined) return pattern;
    throw new AppError('pattern-not-found', localized`no pattern has the id ${id}`);
  };
  const play = async (watch: Watch | undefined): Promise<boolean> => {
    for (const progress of parts.progress ?? []) {
      if (watch?.signal?.aborted === true) return true;
      watch?.onProgress?.(progress);
      await parts.pause?.(watch);
    }
    return watch?.signal?.aborted === true;
  };
  return {
    calls,
    patterns: {
      versions(id) {
        called('versions', id);
        return Promise.resolve(parts.versions ?? []);
      },
      show(id) {
        called('show', id);
        return Promise.resolve(find(id));
      },
      detail(id) {
        called('detail', id);
        const pattern = find(id);
        const others = {
          ratings: [],
          variants: [],
          changes: [],
          siblings: [],
          tests: [],
          deviations: parts.deviations ?? [],
          impressions: 0,
          uses: 0,
        };
        return Promise.resolve(pattern && { pattern, row: toFound(pattern), ...others });
      },
      locate: unused,
    },
    find: {
      patterns(query) {
        called('find', query);
        if (query.text === 'boom') {
          throw new AppError('library-damaged', localized`the index is damaged`);
        }
        const words = query.text.toLowerCase().split(/\s+/);
        const packs = Object.entries(parts.waiting ?? {}).map(([value, count]) => ({
          value,
          count,
        }));
        const found = filterBy(patterns, query.filter ?? {}).filter((pattern) => {
          const text = `${pattern.name} ${pattern.description}`.toLowerCase();
          return query.at !== undefined || words.some((word) => text.includes(word));
        });
        return Promise.resolve({
          total: found.length,
          rows: found.slice(0, query.limit ?? 5).map(toFound),
          facets: {
            kind: [],
            language: [],
            framework: [],
            tag: [],
            project: [],
            source: [],
            rated: [],
          },
          groups: [],
          scope: parts.scope,
          library: {
            live: patterns.length,
            quarantined: packs.reduce((sum, { count }) => sum + count, 0),
            packs,
          },
        });
      },
    },
    curate: {
      propose: unused,
      add(draft) {
        called('add', draft);
        return Promise.resolve(codePattern({ code: draft.code, name: draft.name ?? 'unnamed' }));
      },
      addFragments: unused,
      async edit(id, edit) {
        called('edit', id, edit);
        return Promise.resolve(get(id));
      },
      async rollBack(id, version) {
        called('rollBack', id, version);
        return Promise.resolve(get(id));
      },
      async rate(id, rating, context) {
        called('rate', id, rating, context);
        const { successRate } = get(id);
        const statistics: PatternStatistics = {
          id: get(id).id,
          ratingCount: rating === undefined ? 0 : 1,
          successCount: rating !== undefined && rating >= 4 ? 1 : 0,
          avgRating: rating ?? 0,
          successRate,
        };
        return Promise.resolve(statistics);
      },
      async forget(target, purge) {
        called('forget', target, purge);
        return Promise.resolve(idsOf(target));
      },
      async restore(target) {
        called('restore', target);
        return Promise.resolve(idsOf(target));
      },
      async accept(target) {
        called('accept', target);
        return Promise.resolve('pattern' in target ? [get(target.pattern).id] : []);
      },
      async dismiss(id, mark) {
        called('dismiss', id, mark);
        return Promise.resolve();
      },
    },
    outcomes: {
      ...unusedCalls(OUTCOMES_CALLS),
      async record(impression, outcome) {
        called('outcome', impression, outcome);
        return Promise.resolve(IMPRESSION);
      },
    },
    jobs: {
      async extract(options, watch) {
        called('extract', options);
        const stopped = await play(watch);
        return { ...(parts.summary ?? SUMMARY), stopped };
      },
      async embed(_options, watch) {
        called('embed');
        await play(watch);
        return { embedded: 1, variants: 0, notes: [] };
      },
      attend: unused,
      async history(options, watch) {
        called('history', options);
        if (await play(watch)) throw new DOMException('stopped', 'AbortError');
        return parts.commits ?? COMMITS;
      },
      async export(options, file, watch) {
        called('export', options, file);
        if (await play(watch)) throw new DOMException('stopped', 'AbortError');
        const matching = filterBy(patterns, options.filter ?? {});
        const text = matching.map((pattern) => `${JSON.stringify(pattern)}\n`).join('');
        if (file !== undefined) writeFileSync(file, text);
        return { text: file === undefined ? text : '', count: matching.length, projects: [] };
      },
      async import(source, pack, watch) {
        called('import', source, pack);
        const stopped = await play(watch);
        const text = 'text' in source ? source.text : readFileSync(source.file, 'utf8');
        const lines = text.trimEnd().split('\n');
        const bad = lines.flatMap((line, at) =>
          line.startsWith('{') ? [] : [{ line: at + 1, reason: localized`is not JSON` }],
        );
        const imported = lines.length - bad.length;
        return { pack, imported, unchanged: 0, bad, badCount: bad.length, stopped };
      },
      settings: () => Promise.resolve(DEFAULT_CONFIG),
    },
    sessions: {
      record: () => Promise.resolve(),
      learn: () => Promise.resolve([]),
      list: () => Promise.resolve([]),
      trajectories: unused,
      analyze: () => Promise.resolve({ sessions: [], missing: [] }),
      compare: (first, second) =>
        Promise.resolve({ ids: [first, second], ownSessions: 0, rows: [] }),
      describe: () => Promise.resolve(''),
    },
    packs: unusedCalls(PACKS_CALLS),
    team: unusedCalls(TEAM_CALLS),
    adapters: unusedCalls(ADAPTERS_CALLS),
    library: {
      stats() {
        called('stats');
        return Promise.resolve({
          patterns: SUMMARY.patterns,
          languages: SUMMARY.languages,
          projects: [{ key: 'dir:/work/shop', name: 'shop', files: 523, patterns: 1293 }],
          states: { live: 1293, retired: 20 },
          listed: {
            total: 1100,
            kinds: { function: 1000, test: 100 },
            languages: { typescript: 1100 },
            projects: { 'dir:/work/shop': 1100 },
          },
          variants: 17,
          ratings: 3,
          impressions: 0,
          uses: 0,
          vectors: 1293,
          journalBytes: 1_234_567,
          derivedBytes: 9_876_543,
        });
      },
      doctor(repair) {
        called('doctor', repair);
        return Promise.resolve({
          findings: [
            { level: 'ok', check: 'journal-lines', message: localized`1,234 lines read` },
            { level: 'warning', check: 'snapshot', message: localized`no snapshot yet` },
          ],
        });
      },
      compact() {
        called('compact');
        return Promise.resolve({
          filesBefore: 7,
          filesAfter: 1,
          bytesBefore: 1_000_000,
          bytesAfter: 400_000,
          purgePending: false,
        });
      },
    },
    suggest: {
      read: unused,
      close: unused,
      at: unused,
      places(request) {
        called('places', request);
        return Promise.resolve({ root: request.folder, edits: parts.repeated ?? [] });
      },
    },
    experiments: {
      ...unusedCalls(EXPERIMENTS_CALLS),
      ...parts.experiments,
    },
    resolution: {
      localize(instance, options) {
        called('localize', instance, options);
        return Promise.resolve({ places: parts.places ?? [], root: '/work' });
      },
      resolve(issue, options) {
        called('resolve', issue, options);
        const selected = parts.selected ?? {
          choice: { kind: 'none' },
          judged: [],
          why: [],
          notes: [],
        };
        const patches = selected.judged.map(({ patch }) => patch);
        return Promise.resolve({
          places: parts.places ?? [],
          root: '/work',
          files: 12,
          patches,
          selected,
          mendedBy: parts.mendedBy ?? null,
        });
      },
      mendedBy(issue) {
        called('mendedBy', issue);
        return Promise.resolve(parts.mendedBy ?? null);
      },
      testCommand(folder, leave) {
        called('testCommand', folder, leave);
        return Promise.resolve(['npm', 'test']);
      },
      preview(folder, patch) {
        called('preview', folder, patch.id);
        return Promise.resolve([]);
      },
      apply(folder, patch) {
        called('apply', folder, patch.id);
        return Promise.resolve(patch.files.map(({ path }) => path));
      },
    },
    prompts: {
      inject(request) {
        called('inject', request);
        const nothing = { text: request.prompt, patterns: [], leftOut: [], look: null, tokens: 0 };
        return Promise.resolve(parts.injection ?? nothing);
      },
      context(request) {
        called('context', request);
        const places = { files: [], similar: [], fixes: [], warnings: [] };
        const nothing = { ...places, text: '', patterns: [], leftOut: [], look: null, tokens: 0 };
        return Promise.resolve(parts.context ?? nothing);
      },
      guide(request) {
        called('guide', request);
        const guide = { section: '## Patterns', patterns: ['aa'], leftOut: [], tokens: 3 };
        return Promise.resolve(guide);
      },
      offer: unused,
      quote: unused,
    },
    learning: unusedCalls(LEARNING_CALLS),
    watch: unused,
    close() {
      called('close');
      return Promise.resolve();
    },
  };

  function idsOf(target: RestoreTarget): readonly string[] {
    return 'pattern' in target ? [get(target.pattern).id] : [];
  }
}

/** What the command line has no command for. */
function unused(): never {
  throw new Error('the command line does not ask for this');
}

function unusedCalls<Api>(calls: CallTable<Api>): Record<keyof Api, () => never> {
  const unusedOnes = Object.keys(calls).map((name) => [name, unused]);
  return Object.fromEntries(unusedOnes) as Record<keyof Api, () => never>;
}

function filterBy(patterns: readonly Pattern[], filter: PatternFilter): readonly Pattern[] {
  return patterns.filter(
    (pattern) =>
      isChosen(filter.language, pattern.language) &&
      isChosen(filter.kind, pattern.kind) &&
      isChosen(filter.project, pattern.provenance.project),
  );
}

function isChosen({ any, not }: Choice = {}, value: string | null): boolean {
  const isIn = (values: readonly string[]): boolean => values.some((one) => one === value);
  return (any === undefined || isIn(any)) && !isIn(not ?? []);
}
