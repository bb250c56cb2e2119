import { t } from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PatternDetail } from '../../src/core/model/api/patterns.ts';
import type { PatternRow } from '../../src/core/model/patternRow.ts';
import { KIND_ICONS } from '../../src/protocol/kindIcons.ts';
import { drawBreakable } from '../cutText.ts';
import { drawIcon, drawIconButton } from '../parts.ts';
import { formatAge, formatChanges, formatCount } from '../text/format.ts';
import type { View } from '../view.ts';
import { drawSection } from './sectionView.ts';

/** What happened to the function, class or test, the newest first; each opens as a diff. */
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

/** What else the commit of a fix mended; each opens as a diff. */
export function drawSiblings(
  view: View,
  { siblings }: PatternDetail,
): TemplateResult | typeof nothing {
  if (siblings.length === 0) return nothing;
  return drawSection({
    title: t('In the same commit'),
    note: formatCount(siblings.length, view.format),
    open: true,
    content: drawRows(view, siblings, toPlace),
  });
}

/** Tests that name the function or class; each opens. */
export function drawTests(view: View, { tests }: PatternDetail): TemplateResult | typeof nothing {
  if (tests.length === 0) return nothing;
  return drawSection({
    title: t('Tested by'),
    note: formatCount(tests.length, view.format),
    open: false,
    content: drawRows(view, tests, toPlace),
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
    content: drawRows(view, variants, toPlace),
  });
}

function toPlace({ qualifiedName, path }: PatternRow): RelatedText {
  return { text: qualifiedName, note: path ?? '' };
}

/** Where an idiom is not followed: each opens, and can be put out of sight. */
export function drawDeviations(
  { browser, format }: View,
  { pattern: { id }, deviations }: PatternDetail,
): TemplateResult | typeof nothing {
  if (deviations.length === 0) return nothing;
  return drawSection({
    title: t('Places that do it otherwise'),
    note: formatCount(deviations.length, format),
    open: false,
    content: html`<ul class="related">
      ${deviations.map(({ path, range, mark }) => {
        const text = `${path}:${range.start.line + 1}`;
        return html`<li>
          <button
            type="button"
            class="link path"
            title=${t('Open {0}', text)}
            @click=${() => {
              browser.act({ action: 'openDeviation', id, path, mark });
            }}
          >
            ${drawBreakable(text)}
          </button>
          ${drawIconButton({
            icon: 'close',
            label: t('Dismiss {0}', text),
            onClick: () => {
              browser.act({ action: 'dismissDeviation', id, path, mark });
            },
          })}
        </li>`;
      })}
    </ul>`,
  });
}

interface RelatedText {
  readonly text: string;
  readonly note: string;
}

function drawRows(
  { browser }: View,
  rows: readonly PatternRow[],
  describe: (row: PatternRow) => RelatedText,
): TemplateResult {
  return html`<ul class="related">
    ${rows.map((row) => {
      const { text, note } = describe(row);
      return html`<li>
        <span class="kind kind-${row.kind}">${drawIcon(KIND_ICONS[row.kind])}</span>
        <button
          type="button"
          class="link"
          title=${t('Show in the editor')}
          @click=${() => {
            browser.preview(row.id);
          }}
        >
          ${text}
        </button>
        <span class="faint">${note}</span>
        ${drawIconButton({
          icon: 'info',
          label: t('Details of {0}', text),
          onClick: () => {
            browser.details(row.id);
          },
        })}
      </li>`;
    })}
  </ul>`;
}
