import { dirname } from 'node:path';
import type { SourceParser } from '../../extraction/parsing/parsedSource.ts';
import { openSourceParser } from '../../extraction/sourceParser.ts';
import type {
  FilePlace,
  OpenFile,
  PlacesRequest,
  RepeatedEdits,
  SuggestRequest,
} from '../../model/api/suggest.ts';
import type { Watch } from '../../model/api/watch.ts';
import type { Config } from '../../model/config.ts';
import type { EpochMs } from '../../model/epochMs.ts';
import type { Suggestion } from '../../model/suggestions/suggestion.ts';
import { createCalibration, type CalibrationCount } from '../../suggestions/calibration.ts';
import { rest } from '../rest.ts';
import { findRepeated } from './repeatedEdits.ts';
import { openProjectCode, type ProjectCode } from './projectCode.ts';

export interface SuggestParts {
  readonly assetsDir: string;
  readonly settings: (folder: string) => Config;
  readonly now: () => EpochMs;
  /** How often suggestions were kept in the project of a folder. */
  readonly calibration: (folder: string) => Promise<readonly CalibrationCount[]>;
}

/** Suggestions out of the code of the projects that are open. */
export interface Suggesting {
  /** Takes an editor's text in, and reads what of the project was not read for a while. */
  read(file: OpenFile, watch: Watch): Promise<void>;
  close(place: FilePlace): Promise<void>;
  at(request: SuggestRequest): Promise<readonly Suggestion[]>;
  places(request: PlacesRequest, watch: Watch): Promise<RepeatedEdits>;
}

/** Projects whose code is held in memory. */
const MOST_PROJECTS = 4;
/** After so long the files on the disk are looked at again. */
const REFRESH_MS = 30_000;
/** After so long outcomes are counted again. */
const CALIBRATE_MS = 10_000;

interface OpenProject {
  readonly code: ProjectCode;
  refreshedAt: EpochMs;
  calibratedAt: EpochMs;
  calibrate: (estimate: number) => number;
}

export function createSuggesting({
  assetsDir,
  settings,
  now,
  calibration,
}: SuggestParts): Suggesting {
  let parser: Promise<SourceParser> | undefined;
  const roots = new Map<string, string>();
  const projects = new Map<string, OpenProject>();

  async function open(place: FilePlace): Promise<OpenProject> {
    const key = `${dirname(place.file)}\n${place.folder}`;
    const root = roots.get(key);
    const known = root === undefined ? undefined : projects.get(root);
    if (known !== undefined && root !== undefined) {
      // Those used last stay.
      projects.delete(root);
      projects.set(root, known);
      return known;
    }
    parser ??= openSourceParser({ assetsDir });
    const { exclude } = settings(place.folder).extraction;
    const code = await openProjectCode(place, { parser: await parser, exclude, now });
    roots.set(key, code.root);
    const opened = projects.get(code.root) ?? {
      code,
      refreshedAt: 0,
      calibratedAt: 0,
      calibrate: createCalibration([]),
    };
    projects.set(code.root, opened);
    const [oldest] = projects.keys();
    if (projects.size > MOST_PROJECTS && oldest !== undefined) projects.delete(oldest);
    return opened;
  }

  return {
    async read(file, watch) {
      const project = await open(file);
      const { code } = project;
      const path = code.pathOf(file.file);
      if (path !== undefined) await code.put(path, file.text);
      if (now() - project.calibratedAt >= CALIBRATE_MS) {
        project.calibratedAt = now();
        project.calibrate = createCalibration(await calibration(file.folder));
      }
      if (now() - project.refreshedAt < REFRESH_MS) return;
      project.refreshedAt = now();
      await code.refresh(async () => {
        await rest(watch);
        watch.signal?.throwIfAborted();
      });
    },
    async close(place) {
      const { code } = await open(place);
      const path = code.pathOf(place.file);
      if (path !== undefined) await code.restore(path);
    },
    async at({ place, layout, minChance, ...file }) {
      const { code, calibrate } = await open(file);
      const path = code.pathOf(file.file);
      if (path === undefined) return [];
      return code.suggestions
        .suggest({ ...place, path }, layout, calibrate)
        .filter(({ chance }) => chance >= minChance)
        .toSorted((a, b) => b.chance - a.chance);
    },
    async places(request, watch) {
      const { code } = await open(request);
      const edits = await findRepeated(code, request, async () => {
        await rest(watch);
        watch.signal?.throwIfAborted();
      });
      return { root: code.root, edits };
    },
  };
}
