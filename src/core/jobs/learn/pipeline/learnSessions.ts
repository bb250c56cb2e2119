import { basename, dirname } from 'node:path';
import { errorLessons, keptErrors } from '../../../learning/lessons/errorLessons.ts';
import { batchDue } from '../../../learning/lessons/batchTrigger.ts';
import type { LearnRequest, LearnSummary } from '../../../model/api/learning.ts';
import type { Watch } from '../../../model/api/watch.ts';
import { AppError } from '../../../model/errors.ts';
import type { ExperienceEvent } from '../../../model/event.ts';
import { joined, localized, verbatim } from '../../../model/localizedText.ts';
import type { LocalizedText } from '../../../model/localizedText.ts';
import type { ProjectKey } from '../../../model/pattern.ts';
import type { Session } from '../../../model/sessions/session.ts';
import { openGit } from '../../../sources/git/repository.ts';
import { identifyProject } from '../../../sources/project.ts';
import { enrol, type IdentifiedProject } from '../../extract/extractFolder.ts';
import { rest } from '../../rest.ts';
import { readLogWhole } from '../../sessions/readWhole.ts';
import type { LearnParts } from '../learnParts.ts';
import { keptLessons } from '../learned.ts';
import { logsOf } from '../logsOf.ts';
import { chatOfRun } from '../runChat.ts';
import { runBatch } from './runBatch.ts';
import {
  contentHashOf,
  sessionName,
  studySession,
  type Label,
  type Study,
} from './studySession.ts';

/** Sessions whose errors are compared at once: what is not recorded yet is learned again after a kill. */
const CHUNK = 20;

type Known = Pick<ExperienceEvent, 'contentHash' | 'label' | 'kept'>;

interface Run {
  readonly parts: LearnParts;
  readonly watch: Watch;
  /** What the library has of sessions, by name. */
  readonly recorded: Map<string, Known>;
  readonly label: Label;
  /** Templates of strategies. */
  readonly known: string[];
  readonly notes: LocalizedText[];
  /** Names of the sessions that were read; several logs may hold one. */
  readonly read: Set<string>;
  /** Those of them that were new or had changed. */
  readonly learned: Set<string>;
}

type Studied = Study & { readonly project: ProjectKey };

/**
 * Learns from logs what it has not learned from them before, and then, where enough is new, from all
 * sessions together. What was recorded before a stop stays, and the next run goes on from there.
 */
export async function learnSessions(
  given: LearnParts,
  request: LearnRequest,
  watch: Watch,
): Promise<LearnSummary> {
  const notes: LocalizedText[] = [];
  const chat = chatOfRun(given.chat, ({ localizedMessage: why }) => {
    notes.push(localized`learned without a model from here on: ${why}`);
  });
  const parts: LearnParts = { ...given, chat };
  const { logs, missing } = logsOf(parts, request);
  const library = parts.current();
  const run: Run = {
    ...{ parts, watch, notes },
    recorded: new Map(library.experiences.all().map((one) => [one.session, one])),
    label: request.outcome ?? null,
    known: [...library.patterns.each({ kind: { any: ['strategy'] } })].map(
      ({ template }) => template,
    ),
    ...{ read: new Set(), learned: new Set() },
  };
  let studied: Studied[] = [];
  for (const [at, { path }] of logs.entries()) {
    await rest(watch);
    if (watch.signal?.aborted === true) break;
    watch.onProgress?.({
      stage: 'files',
      done: at,
      total: logs.length,
      patterns: run.learned.size,
    });
    for (const session of await readLogWhole(parts, path)) {
      // Where nothing was said nor done there is nothing to learn.
      if (session.steps.length === 0) continue;
      run.read.add(sessionName(session));
      studied.push(...(await study(run, session, path)));
    }
    if (studied.length < CHUNK) continue;
    await record(run, studied);
    studied = [];
  }
  await record(run, studied);
  watch.signal?.throwIfAborted();
  const due = batchDue(
    library.experiences.all(),
    library.experiences.lastBatch(),
    parts.config(parts.folder).learning,
    parts.now(),
  );
  const batch =
    request.batch === true || due.isDue ? await runBatch(parts, due.fresh, watch) : undefined;
  const taught = (kind: 'strategy' | 'error'): number =>
    keptLessons(parts, kind).filter(({ sessions }) =>
      sessions.some((name) => run.learned.has(name)),
    ).length;
  const found = { strategies: taught('strategy'), errors: taught('error') };
  const counts = { sessions: run.read.size, learned: run.learned.size };
  return { ...counts, ...found, missing, batch, waitsFor: due.unmet, notes: run.notes };
}

/** Nothing where it was learned before, or cannot be. */
async function study(run: Run, session: Session, log: string): Promise<readonly Studied[]> {
  const { parts, recorded, known, notes, watch } = run;
  const name = sessionName(session);
  const { creditStrategy } = parts.config(session.folder).learning;
  // What a person said once holds until they say something else.
  const former = recorded.get(name);
  const label = run.label ?? former?.label ?? null;
  const kept = keptOf(former);
  const contentHash = contentHashOf(session, creditStrategy, label);
  if (former?.contentHash === contentHash) return [];
  try {
    const project = await projectOf(parts, session.folder ?? dirname(log));
    const found = await studySession(parts, session, { known, label, watch });
    recorded.set(name, { contentHash, label, ...kept });
    if (found.strategy !== undefined) known.push(found.strategy.template);
    return [{ ...found, event: { ...found.event, ...kept }, project }];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // One session that cannot be learned from keeps nobody from the others.
    notes.push(joined([verbatim(name), error.localizedMessage], ': '));
    return [];
  }
}

/** What a person took back once counts for good. */
function keptOf(former: Known | undefined): Pick<Known, 'kept'> {
  return former?.kept === true ? { kept: true } : {};
}

/** @throws AppError `project-forgotten` */
async function projectOf(parts: LearnParts, folder: string): Promise<ProjectKey> {
  const git = await openGit(folder).catch(elsewhere);
  const identified: IdentifiedProject = await identifyProject(folder, git).catch(
    (error: unknown) => {
      elsewhere(error);
      const [name, parent] = [basename(folder), basename(dirname(folder))];
      return { name, parent, keys: [`dir:${folder}`], formerKey: undefined };
    },
  );
  return enrol(parts.current(), identified);
}

/** Many sessions took place in folders that are gone, or on another machine. */
function elsewhere(error: unknown): undefined {
  if (error instanceof AppError) return undefined;
  throw error;
}

async function record({ parts, learned }: Run, studied: readonly Studied[]): Promise<void> {
  if (studied.length === 0) return;
  const library = parts.current();
  const fresh = new Set(studied.map(({ event }) => event.session));
  const former = library.experiences.all().filter(({ session }) => !fresh.has(session));
  const all = keptErrors([...former, ...studied.map(({ event }) => event)]);
  const events = studied.map(({ event, strategy, project }): ExperienceEvent => {
    const errors = errorLessons(event.errors, all);
    const lessons = [...(strategy === undefined ? [] : [strategy]), ...errors];
    learned.add(event.session);
    return { ...event, project, lessons };
  });
  await library.record(events);
}
