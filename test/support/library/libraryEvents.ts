import { createHash } from 'node:crypto';

import type {
  CommitEvent,
  EventBody,
  FileEvent,
  IdiomsEvent,
  LibraryEvent,
  PatternEvent,
  RecordedChange,
  RecordedFragment,
  RecordedIdiom,
  RecordedText,
  ExperienceEvent,
  SessionEvent,
} from '../../../src/core/model/event.ts';
import type { OutcomeKind } from '../../../src/core/model/outcomes/outcome.ts';
import { NOWHERE, type PatternId, type PatternKind } from '../../../src/core/model/pattern.ts';

/** Id of the pattern that the builders below make of a word. */
export function idOf(word: string): PatternId {
  return fingerprintOf(word).slice(0, 16);
}

function fingerprintOf(word: string): string {
  return createHash('sha256').update(word).digest('hex');
}

/** Text of a pattern; texts of one word share the id, and `note` makes them differ. */
export function textOf(word: string, note = '', kind: PatternKind = 'function'): RecordedText {
  return {
    id: idOf(word),
    kind,
    language: 'typescript',
    framework: null,
    name: word,
    signature: `function ${word}()`,
    description: `Turns every ${word} into something useful.`,
    ...(note === '' ? {} : { details: `What ${note} means for ${word}.` }),
    tags: ['sample', word].sort(),
    code: `function ${word}() {\n  return '${note}';\n}`,
    ...(kind === 'fix' || kind === 'feature' ? { before: `function ${word}() {}` } : {}),
    complexity: 3,
    lines: 8,
    fingerprint: fingerprintOf(word),
    template: `function $1() {\n  return $2;\n}`,
  };
}

export function fragmentOf(word: string, line = 0, kept = true, note = ''): RecordedFragment {
  const range = { start: { line, character: 0 }, end: { line: line + 2, character: 1 } };
  return { ...textOf(word, note), qualifiedName: word, range, kept };
}

/** A file that holds one fragment of each word, or is gone without `words`. */
export function fileOf(
  project: string,
  path: string,
  words: readonly (string | RecordedFragment)[] | undefined,
): FileEvent {
  const fragments = (words ?? []).map((word, index) =>
    typeof word === 'string' ? fragmentOf(word, index * 10) : word,
  );
  const contentHash = words === undefined ? null : fingerprintOf(JSON.stringify(fragments));
  return { type: 'file', project, path, contentHash, language: 'typescript', fragments };
}

/** One idiom of a word with a place in each of these files. */
export function idiomOf(word: string, paths: readonly string[]): RecordedIdiom {
  const range = { start: { line: 3, character: 2 }, end: { line: 5, character: 9 } };
  const holes = [{ kind: 'name', values: [{ text: word, count: paths.length }] }] as const;
  const places = paths.map((path) => ({ path, range }));
  const text = textOf(`idiom ${word}`, '', 'idiom');
  const deviations = [{ path: `other/${word}.ts`, range, mark: '0a1b2c3d' }];
  return { ...text, holes, strength: 0.5, sources: [idOf(word)], places, deviations };
}

export function idiomsOf(project: string, idioms: readonly RecordedIdiom[]): IdiomsEvent {
  const contentHash = fingerprintOf(JSON.stringify(idioms));
  return { type: 'idioms', project, contentHash, idioms };
}

export function changeOf(word: string, path = 'a.ts'): RecordedChange {
  const { qualifiedName, range } = fragmentOf(word);
  return { ...textOf(word, '', 'fix'), path, qualifiedName, range, confidence: 0.8 };
}

export function commitOf(
  project: string,
  commit: string,
  changes: readonly RecordedChange[],
): CommitEvent {
  return {
    type: 'commit',
    project,
    commit,
    author: 'someone@example.org',
    dateSeconds: 1_700_000_000,
    message: `Fix it in ${commit}`,
    testsChanged: true,
    issues: ['#1'],
    changes,
  };
}

/** A session that taught one error for each word. */
export function experienceOf(
  project: string,
  session: string,
  words: readonly string[],
  note = '',
): ExperienceEvent {
  return {
    ...{ type: 'experience', project, session, contentHash: fingerprintOf(session + note) },
    ...{ task: `mend ${session}`, endedAt: 1_700_000_000_000, steps: 9 },
    ...{ outcome: 'success', label: null, method: 'heuristic' },
    deeds: [{ step: 3, share: 1, what: 'edit a.ts' }],
    errors: words.map((word, step) => ({
      ...{ step, at: null, line: `Error: ${word}` },
      mended: [{ trait: 'run make', seen: `make ${word}` }],
    })),
    lessons: words.map((word) => textOf(`error ${word}`, note, 'error')),
    code: words.map((word) => textOf(`code ${word}`, note)),
    reasons: [],
    pruned: null,
  };
}

export function patternOf(
  origin: PatternEvent['origin'],
  word: string,
  project: string | null = null,
): PatternEvent {
  return {
    type: 'pattern',
    origin,
    ...(origin === 'imported' ? { pack: 'pack' } : {}),
    text: textOf(word),
    provenance: project === null ? [] : [{ ...NOWHERE, project }],
  };
}

export function ratingOf(
  word: string,
  rating: 1 | 2 | 3 | 4 | 5 | null,
  session: string | null = null,
  by = 'test',
): EventBody {
  return { type: 'rating', pattern: idOf(word), rating, session, task: null, by };
}

export function useOf(word: string, by = 'test'): EventBody {
  return { type: 'use', pattern: idOf(word), use: 'copied', session: null, by };
}

interface ShownOptions {
  readonly writer?: string;
  readonly first?: number;
  readonly held?: boolean;
  readonly task?: string;
}

export function shownOf(
  word: string,
  { writer = 'abcdef01', first = 0, held = false, task = '' }: ShownOptions,
): EventBody {
  return {
    type: 'shown',
    writer,
    ...{ surface: 'inject', held },
    ...(task !== '' && { task }),
    looks: [
      {
        ...{ at: 0, first, leftOut: [{ pattern: idOf('delta'), reason: 'gone' }] },
        shown: [{ pattern: idOf(word), version: '12345678' }, { chance: 0.5 }],
      },
    ],
  };
}

export function outcomeOf(word: string, id: string, kind: OutcomeKind): EventBody {
  return {
    type: 'outcome',
    impression: {
      ...{ id, look: id, pattern: idOf(word), version: '12345678', surface: 'inject' },
      ...{ project: null, session: null, task: null, at: 0, chance: 1, estimate: null },
      held: false,
    },
    ...{ kind, share: kind === 'edited' ? 0.8 : null, use: null, by: 'test' },
  };
}

export function forgetOf(word: string, purge = false): EventBody {
  return { type: 'forget', subject: { pattern: idOf(word) }, purge };
}

export function restoreOf(word: string): EventBody {
  return { type: 'restore', subject: { pattern: idOf(word) } };
}

/** Events of one writer in the order given, revisions from 1. */
export function toEvents(bodies: readonly EventBody[]): readonly LibraryEvent[] {
  return bodies.map((body, index) => ({ ...body, id: `w.${index}`, rev: index + 1, at: index }));
}

/** What is recorded of a session of a folder named `project` that cost `costUsd`. */
export function sessionOf(id: string, project: string, costUsd = 1): SessionEvent {
  const nothing = { runs: 0, passed: 0, failed: 0, last: null } as const;
  const tokens = { input: 1, cacheRead: 0, cacheWrite: 0, output: 2, reasoning: 0, total: 3 };
  return {
    ...{ type: 'session', agent: 'claude-code', session: id, project: null, projectName: project },
    ...{ startedAt: Date.UTC(2026, 0, 1), completionRate: 0.5, isFound: true },
    contentHash: createHash('sha256').update(`${id} ${costUsd}`).digest('hex'),
    report: {
      ...{ id, agent: 'claude-code', agentVersion: null, models: ['m'], title: `of ${project}` },
      ...{ startedAt: '2026-01-01T00:00:00.000Z', endedAt: null, folder: `/home/x/${project}` },
      ...{ tokens, tokensByModel: [], tokensBySubagent: [], estimatedSubagentTokens: 0 },
      ...{ costUsd, unpriced: [], costPerTaskUsd: null, coverage: null, patterns: [] },
      exactness: {
        ...{ tokens: 'exact', costUsd: 'exact', completion: 'exact', context: 'not-measured' },
        ...{ time: 'exact', tests: 'not-measured', coverage: 'not-measured' },
        ...{ outcome: 'estimate', work: 'lower-bound', patterns: 'not-measured' },
      },
      completion: { total: 2, completed: 1, dropped: 0, rate: 0.5, items: [] },
      context: { averageRatio: null, maxRatio: null, windowTokens: null, compactions: [] },
      time: { wallMs: 1, activeMs: 1, waitingMs: null, perTaskMs: null, perStepMs: null },
      tests: { ...nothing, flaky: [], lastCounters: null, builds: nothing, lints: nothing },
      outcome: { label: 'unknown', evidence: [], confidence: 0 },
      work: {
        ...{ prompts: 1, steps: 1, toolCalls: 0, filesChanged: [], linesAdded: 0 },
        ...{ linesRemoved: 0, reworkLoops: [], repeatedFailures: [], repeatedReads: [] },
        ...{ errors: {}, recovered: 0, rejections: 0, interruptions: 0, commits: 0 },
      },
      skipped: { lines: 0, reasons: {} },
    },
  };
}
