import { t } from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PatternDetail } from '../../src/core/model/api/patterns.ts';
import type { PatternRow } from '../../src/core/model/patternRow.ts';
import { KIND_ICONS } from '../../src/protocol/kindIcons.ts';
import { drawIcon } from '../parts.ts';
import { formatAge, formatChanges, formatCount, formatLines } from '../text/format.ts';
import type { View } from '../view.ts';
import { drawSection } from './sectionView.ts';

/** What happened to the function, class or test, the newest first; each opens. */
export function drawChanges(
  view: View,
  { row, changes }: PatternDetail,
): TemplateResult | typeof nothing {
  if (changes.length === 0) return nothing;
  return drawSection({
    title: t('History'),
    // That it was added is no change of it.
    note: row.history.changes === 0 ? '' : formatChanges(row.history, view.format),
    open: true,
    content: drawRows(view, changes, ({ description, date }) => ({
      text: description,
      note: date === null ? '' : formatAge(date, view.format),
    })),
  });
}

/** Near duplicates that joined the pattern; each opens. */
export function drawVariants(
  view: View,
  { variants }: PatternDetail,
): TemplateResult | typeof nothing {
  if (variants.length === 0) return nothing;
  return drawSection({
    title: t('Variants'),
    note: formatCount(variants.length, view.format),
    open: false,
    content: drawRows(view, variants, ({ name, lines }) => ({
      text: name,
      note: formatLines(lines, view.format),
    })),
  });
}

function drawRows(
  { browser }: View,
  rows: readonly PatternRow[],
  describe: (row: PatternRow) => { readonly text: string; readonly note: string },
): TemplateResult {
  return html`<ul class="related">
    ${rows.map((row) => {
      const { text, note } = describe(row);
      return html`<li>
        ${drawIcon(KIND_ICONS[row.kind])}
        <button
          type="button"
          class="link"
          @click=${() => {
            browser.open(row.id);
          }}
        >
          ${text}
        </button>
        <span class="faint">${note}</span>
      </li>`;
    })}
  </ul>`;
}
