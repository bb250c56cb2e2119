import type { ReportFormat } from '../../model/api/sessions.ts';
import type { SessionComparison, SessionReport } from '../../model/sessions/sessionReport.ts';
import { describeComparison, describeSession } from '../../sessions/report/document.ts';
import { toHtml } from '../../sessions/report/html.ts';
import { toMarkdown } from '../../sessions/report/markdown.ts';

/** Reports or a comparison as one document. */
export function describeSessions(
  content: readonly SessionReport[] | SessionComparison,
  format: ReportFormat,
): string {
  const blocks = 'rows' in content ? describeComparison(content) : content.flatMap(describeSession);
  return format === 'html' ? toHtml('Session Analysis', blocks) : toMarkdown(blocks);
}
