import type { Session } from '../../model/sessions/session.ts';
import type { CompletionMetric } from '../../model/sessions/sessionReport.ts';

/** What became of all that was ever planned; null where there was no plan. */
export function measureCompletion({ plan }: Session): CompletionMetric | null {
  if (plan.length === 0) return null;
  const wanted = plan.filter(({ status }) => status !== 'cancelled');
  const completed = wanted.filter(({ status }) => status === 'completed').length;
  return {
    ...{ total: wanted.length, completed },
    dropped: wanted.filter(({ isDropped }) => isDropped).length,
    rate: wanted.length === 0 ? null : completed / wanted.length,
    items: plan.map(({ text, status, isDropped }) => ({ text, status, dropped: isDropped })),
  };
}
