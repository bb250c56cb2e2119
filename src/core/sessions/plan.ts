import type { PlanItem, PlanStatus } from '../model/sessions/session.ts';
import type { Draft } from './draft.ts';

export interface PlanEntry {
  readonly text: string;
  readonly status: PlanStatus;
}

/** As the formats spell it. */
export function planStatus(said: unknown): PlanStatus {
  const word = String(said).toLowerCase().replaceAll('-', '_');
  if (['completed', 'complete', 'done', 'x', 'true'].includes(word)) return 'completed';
  if (['in_progress', 'inprogress', 'active', '~'].includes(word)) return 'in_progress';
  if (['cancelled', 'canceled', 'deleted', 'skipped'].includes(word)) return 'cancelled';
  return 'pending';
}

/**
 * A whole list replaces the one before it. What it leaves out before it was done was dropped, and
 * stays on record: lists are cleared and begun anew.
 */
export function replacePlan({ plan }: Draft, entries: readonly PlanEntry[]): void {
  const named = new Map(entries.map((entry) => [keyOf(entry.text), entry]));
  for (const [key, item] of plan) {
    if (!named.has(key) && isOpen(item)) plan.set(key, { ...item, isDropped: true });
  }
  for (const [key, { text, status }] of named) {
    if (key !== '') plan.set(key, { key, text: text.trim(), status, isDropped: false });
  }
}

/** One item of a plan that names its items. */
export function setPlanItem(
  { plan }: Draft,
  id: string,
  change: { readonly text?: string | undefined; readonly status?: PlanStatus | undefined },
): void {
  const key = `id:${id}`;
  const former = plan.get(key);
  plan.set(key, {
    key,
    text: change.text ?? former?.text ?? id,
    status: change.status ?? former?.status ?? 'pending',
    isDropped: false,
  });
}

const CHECK_BOX = /^\s*(?:[-*+]|\d{1,4}[.)])\s+\[([ xX~-])\]\s+(\S.*)$/;

/** Items of a list with boxes to tick, as Markdown writes it. */
export function readChecklist(markdown: string): readonly PlanEntry[] {
  return markdown.split('\n').flatMap((line) => {
    const [, box, text] = CHECK_BOX.exec(line.slice(0, 2000)) ?? [];
    if (box === undefined || text === undefined) return [];
    return [{ text, status: box === '-' ? 'in_progress' : planStatus(box) }];
  });
}

function isOpen({ status }: PlanItem): boolean {
  return status === 'pending' || status === 'in_progress';
}

function keyOf(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim();
}
