import { nameAgent } from '../core/model/sessions/agentTitle.ts';
import type { LastingReport } from '../core/model/sessions/sessionReport.ts';

type Named = Pick<LastingReport, 'title' | 'agent' | 'startedAt' | 'id'>;

/**
 * What a person calls a session: its title, or whose it is and when it began.
 *
 * @param language a language tag; that of the system when absent
 */
export function sessionTitle({ title, agent, startedAt, id }: Named, language?: string): string {
  if (title !== null) return title;
  const when =
    startedAt === null ? id.slice(0, 8) : timeFormat(language).format(new Date(startedAt));
  return `${nameAgent(agent)}, ${when}`;
}

/** Whose session it is, in which folder, and from when to when. */
export function sessionOrigin(
  report: Pick<LastingReport, 'agent' | 'agentVersion' | 'folder' | 'startedAt' | 'endedAt'>,
  language?: string,
): string {
  const { agent, agentVersion, folder, startedAt, endedAt } = report;
  const who = [nameAgent(agent), agentVersion ?? ''].join(' ').trim();
  const where = folderTitle(folder);
  const [start, end] = [startedAt, endedAt].map((at) => (at === null ? undefined : new Date(at)));
  const when =
    start === undefined || end === undefined ? [] : [timeFormat(language).formatRange(start, end)];
  return [who, ...(where === undefined ? [] : [where]), ...when].join(' · ');
}

/** The last part of the path of a folder; `undefined` where there is none. */
export function folderTitle(folder: string | null): string | undefined {
  return folder?.split(/[/\\]/).findLast((part) => part !== '');
}

function timeFormat(language: string | undefined): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
}
