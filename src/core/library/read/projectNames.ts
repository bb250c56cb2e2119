import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { ProjectKey, Provenance } from '../../model/pattern.ts';
import type { NamedProject } from '../../model/ports/libraryProjects.ts';
import { nearestNames } from '../../platform/text/nearestNames.ts';
import { foldName } from './foldName.ts';
import type { Sqlite } from '../../platform/sqlite.ts';

/** What the projects of a library are called, and which one a name or a key means. */
export interface ProjectNames {
  /**
   * The project that a place names: by any of its keys or, as older versions recorded it, by a name
   * that it alone has. One that the library has not read is known by the place alone; `undefined`
   * for a place in no project.
   */
  projectOf(place: StatedProject): NamedProject | undefined;
  /** Its name; with what tells it from others of that name in brackets, where there are others. */
  titleOf(key: ProjectKey): string | undefined;
  /** Those that a person may mean by a key, a title or a name, in order of their keys. */
  meantBy(text: string): readonly NamedProject[];
  /** Titles of those that are not forgotten, in order of their keys. */
  readonly titles: readonly string[];
}

/** A project as facts state it: those of older versions have no name beside its key. */
export type StatedProject = Pick<Provenance, 'project'> & Partial<Pick<Provenance, 'projectName'>>;

export function readProjectNames(db: Sqlite): ProjectNames {
  const known = cached.get(db);
  const changes = db.prepare<[], [number]>('SELECT total_changes()').get()?.[0] ?? 0;
  if (known?.changes === changes) return known.names;
  const names = nameProjects(readProjects(db));
  cached.set(db, { changes, names });
  return names;
}

/** Names by the number of changes to the database they were read at. */
const cached = new WeakMap<Sqlite, { readonly changes: number; readonly names: ProjectNames }>();

/** @throws AppError `bad-argument` that names the candidates where there are several */
export function onlyOne(
  text: string,
  candidates: readonly NamedProject[],
): NamedProject | undefined {
  if (candidates.length > 1) {
    const listed = candidates.map((one) => `${titleAmong(one, candidates)} = ${one.key}`);
    throw new AppError(
      'bad-argument',
      localized`several projects are named ${text}; give the key of one: ${listed.join(', ')}`,
    );
  }
  return candidates[0];
}

/** A key can be remembered longer than its project; nobody types one. */
export function looksLikeKey(text: string): boolean {
  return /^(?:git|remote|dir):/.test(text);
}

/** As many titles as an error names. */
const MAX_NAMED = 3;

/**
 * @param text what no project goes by
 * @param titles of the projects that there are
 */
export function projectNotFound(text: string, titles: readonly string[]): AppError {
  const near = nearestNames(text, titles).slice(0, MAX_NAMED).join(', ');
  return new AppError(
    'project-not-found',
    near === ''
      ? localized`there is no project ${text}`
      : localized`there is no project ${text}; did you mean ${near}?`,
  );
}

/** The name of a project, told apart from those of the others that have the same. */
export function titleAmong(project: NamedProject, others: readonly NamedProject[]): string {
  const name = foldName(project.name);
  const namesakes = others.filter(
    (other) => other.key !== project.key && foldName(other.name) === name,
  );
  if (namesakes.length === 0) return project.name;
  const own = project.distinctions.find(
    (one) => !namesakes.some(({ distinctions }) => distinctions.includes(one)),
  );
  return `${project.name} (${own ?? project.key})`;
}

/** A project that is known by a place in it alone, such as one that a pack names. */
export function foreignProject(key: ProjectKey, name: string = key): NamedProject {
  return { key, name, isForgotten: false, distinctions: shortKeys([key]) };
}

function nameProjects(projects: readonly KeyedProject[]): ProjectNames {
  const byKey = new Map(projects.flatMap((one) => one.keys.map((key) => [key, one] as const)));
  const byName = new Map<string, KeyedProject[]>();
  for (const project of projects) {
    const name = foldName(project.name);
    byName.set(name, [...(byName.get(name) ?? []), project]);
  }
  const titles = new Map(
    projects.map((project) => {
      const namesakes = byName.get(foldName(project.name)) ?? [];
      const inUse = namesakes.filter(({ isForgotten }) => !isForgotten);
      // One that is there keeps its title when another of its name is forgotten for good.
      return [project.key, titleAmong(project, project.isForgotten ? namesakes : inUse)] as const;
    }),
  );

  return {
    projectOf({ project, projectName }) {
      if (project === null) return undefined;
      const known = byKey.get(project);
      if (known !== undefined) return known;
      const named = (byName.get(foldName(project)) ?? []).filter(({ name }) => name === project);
      const [only] = named.length === 1 ? named : [];
      return only ?? foreignProject(project, projectName ?? project);
    },
    titleOf: (key) => titles.get(key),
    titles: projects.flatMap((one) => (one.isForgotten ? [] : [titles.get(one.key) ?? one.name])),
    meantBy(text) {
      const keyed = byKey.get(text);
      if (keyed !== undefined) return [keyed];
      const titled = projects.filter(({ key }) => titles.get(key) === text);
      const isTitle = titled.length === 1 && titled[0]?.name !== text;
      return isTitle ? titled : (byName.get(foldName(text)) ?? []);
    },
  };
}

interface KeyedProject extends NamedProject {
  readonly keys: readonly ProjectKey[];
}

interface ProjectRow {
  readonly key: ProjectKey;
  readonly name: string | null;
  readonly parent: string | null;
  readonly forgotten: number;
  /** JSON array, the key itself among them. */
  readonly keys: string;
}

function readProjects(db: Sqlite): readonly KeyedProject[] {
  const rows = db.query<[], ProjectRow>(
    `SELECT p.key, p.name, p.parent, p.forgotten,
       (SELECT json_group_array(k.key) FROM project_keys k WHERE k.project = p.id) AS keys
     FROM projects p ORDER BY p.key`,
  );
  return [...rows.each()].map(({ key, name, parent, forgotten, keys: json }) => {
    const keys = (JSON.parse(json) as readonly ProjectKey[]).toSorted();
    return {
      key,
      keys,
      name: name ?? key,
      isForgotten: forgotten === 1,
      distinctions: [
        ...(parent === null || parent === '' ? parentsIn(keys) : [parent]),
        ...shortKeys(keys),
      ],
    };
  });
}

/** Owners of remotes and folders around folders, for projects that were recorded without. */
function parentsIn(keys: readonly ProjectKey[]): readonly string[] {
  return keys.flatMap((key) => {
    if (key.startsWith('git:')) return [];
    const parent = key.split(/[/\\]/).at(-2);
    return parent === undefined || parent === '' || parent.includes(':') ? [] : [parent];
  });
}

const SHORT_COMMIT = 7;

/** What is behind the kind of a key; of a commit, as much as people quote. */
function shortKeys(keys: readonly ProjectKey[]): readonly string[] {
  return keys.map((key) => {
    const place = key.slice(key.indexOf(':') + 1);
    return key.startsWith('git:') ? place.slice(0, SHORT_COMMIT) : place;
  });
}
