import type { ProjectEvent } from '../../../model/event.ts';
import * as f from '../fields.ts';
import { cell } from '../fold.ts';
import { defineFact, keepWhole } from '../kind.ts';

export const project = defineFact<ProjectEvent>({
  type: 'project',
  fields: {
    project: f.projectKey,
    name: f.text,
    parent: f.optional(f.text),
    aliases: f.list(f.projectKey),
  },
  // Each distinct name with its aliases stays, because aliases are a union.
  cells: (event) => cell(event.type, event.project, event.name, ...[...event.aliases].sort()),
  withoutPurged: keepWhole,
  notePurge(event, notes) {
    notes.projectName(event.project, event.name);
    if (event.aliases.length > 0) notes.sameProject([event.project, ...event.aliases]);
  },
  apply(event, { projects }) {
    projects.name(event);
  },
  dump: [
    `SELECT key, name, parent, name_rev, forgotten, forget_rev, newest_quarter FROM projects`,
    `SELECT k.key, p.key FROM project_keys k JOIN projects p ON p.id = k.project`,
  ],
  *recall({ db }) {
    type Row = Pick<ProjectEvent, 'project' | 'name'> & { parent: string | null; others: string };
    const rows = db.query<[], Row>(
      `SELECT p.key AS project, p.name, p.parent, json_group_array(k.key) AS others
       FROM projects p JOIN project_keys k ON k.project = p.id WHERE p.name IS NOT NULL
       GROUP BY p.id`,
    );
    for (const { project: key, name, parent, others } of rows.each()) {
      const aliases = (JSON.parse(others) as readonly string[]).filter((other) => other !== key);
      const more = parent === null ? {} : { parent };
      yield { body: { type: 'project', project: key, name, ...more, aliases: aliases.sort() } };
    }
  },
});
