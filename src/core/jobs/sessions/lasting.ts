import { createHash } from 'node:crypto';
import type { LastingReport, SessionReport } from '../../model/sessions/sessionReport.ts';

export function toLasting(report: SessionReport): LastingReport {
  return {
    ...without(report, 'logs'),
    context: without(report.context, 'curve'),
    tests: without(report.tests, 'history'),
  };
}

function without<Value extends object, Key extends keyof Value>(
  value: Value,
  key: Key,
): Omit<Value, Key> {
  const left = Object.entries(value).filter(([name]) => name !== key);
  return Object.fromEntries(left) as unknown as Omit<Value, Key>;
}

/** A report out of the library, for a session whose log is gone. */
export function fromLasting({ context, tests, ...report }: LastingReport): SessionReport {
  return {
    ...report,
    logs: [],
    context: { ...context, curve: [] },
    tests: { ...tests, history: [] },
  };
}

/** Lower-case hex SHA-256. */
export function hashOf(report: LastingReport): string {
  return createHash('sha256').update(JSON.stringify(report)).digest('hex');
}

/** The last part of a path of any system. */
export function folderName(folder: string | null): string | null {
  return folder?.split(/[/\\]/).findLast((part) => part !== '') ?? null;
}
