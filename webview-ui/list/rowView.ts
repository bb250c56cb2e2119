import { t } from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { cache } from 'lit/directives/cache.js';
import { classMap } from 'lit/directives/class-map.js';
import type { PatternRow } from '../../src/core/model/patternRow.ts';
import { drawIcon, drawIconButton } from '../parts.ts';
import {
  formatAge,
  formatChanges,
  formatCount,
  formatPlaces,
  formatSuccess,
} from '../text/format.ts';
import type { Format } from '../text/format.ts';
import { nameLanguage } from '../../src/core/model/sourceFile/languageName.ts';
import { namesProjects } from './listState.ts';
import { KIND_ICONS } from '../../src/protocol/kindIcons.ts';
import { nameKind } from '../text/labels.ts';
import { drawThumbs } from '../thumbs.ts';
import type { View } from '../view.ts';
import { ROW_HEIGHT_PX } from './rowWindow.ts';

/** One row of the list, in its place; without a pattern while it is on its way. */
export function drawRow(view: View, index: number): TemplateResult {
  const { list } = view.state;
  const row = list.rows.get(index);
  const active = index === list.active;
  const rated = row !== undefined && row.ratingCount > 0;
  // Set from script: the policy of the page allows no style attributes.
  const style = `transform: translateY(${index * ROW_HEIGHT_PX}px)`;
  return html`<div
    id=${idOfRow(index)}
    role="row"
    class=${classMap({ row: true, active, absent: row === undefined, rated })}
    .style=${style}
    data-index=${index}
    tabindex=${active ? 0 : -1}
    aria-rowindex=${index + 1}
    aria-label=${row === undefined ? t('Loading') : describeRow(row, view.format)}
  >
    ${cache(row === undefined ? drawAbsent() : drawPresent(view, row))}
  </div>`;
}

/** By which the list says the order of its rows. */
export function idOfRow(index: number): string {
  return `row-${index}`;
}

function drawAbsent(): TemplateResult {
  return html`<div role="gridcell" class="row-main" aria-hidden="true">
    <span class="bone wide"></span><span class="bone"></span><span class="bone short"></span>
  </div>`;
}

function drawPresent(view: View, row: PatternRow): TemplateResult {
  const { format } = view;
  const success = formatSuccess(row.successRate, row.ratingCount, format);
  return html`<div role="gridcell" class="row-main">
      <div class="row-head">
        <span class="kind kind-${row.kind}" title=${nameKind(row.kind)}>
          ${drawIcon(KIND_ICONS[row.kind])}
        </span>
        <span class="row-name" title=${row.qualifiedName}>${row.qualifiedName}</span>
        ${
          row.date === null
            ? nothing
            : html`<span class="row-age">${formatAge(row.date, format)}</span>`
        }
      </div>
      <div class="row-description" title=${row.description}>${row.description}</div>
    </div>
    <div role="gridcell" class="row-facts">
      ${
        row.language === null
          ? nothing
          : html`<span class="row-language">${nameLanguage(row.language)}</span>`
      }
      ${
        namesProjects(view.state.list) && row.projects.length > 0
          ? html`<span class="row-project" title=${row.projects.join(', ')}
              >${nameProjects(row.projects)}</span
            >`
          : nothing
      }
      ${
        row.history.gone
          ? html`<span class="row-gone">${t('No longer in the code')}</span>`
          : nothing
      }
      ${
        row.history.changes === 0
          ? nothing
          : html`<span class="row-changes" title=${formatChanges(row.history, format)}
              >${drawIcon('history')}${formatCount(row.history.changes, format)}</span
            >`
      }
      ${
        row.support === 1
          ? nothing
          : html`<span class="row-support" title=${formatPlaces(row.support, format)}
              >×${formatCount(row.support, format)}</span
            >`
      }
      <span class="row-success" title=${success.long}>${success.short}</span>
    </div>
    <div role="gridcell" class="row-actions">${drawActions(view, row)}</div>`;
}

function drawActions(view: View, row: PatternRow): TemplateResult {
  if (view.state.list.look.state === 'live') {
    return drawThumbs(view, { id: row.id, thumbs: row.thumbs, tabindex: -1 });
  }
  return html`${drawIconButton({
    icon: 'check',
    label: t('Accept'),
    onClick: () => {
      view.browser.accept({ id: row.id });
    },
    tabindex: -1,
  })}${drawIconButton({
    icon: 'trash',
    label: t('Discard'),
    onClick: () => {
      view.browser.forget(row);
    },
    tabindex: -1,
  })}`;
}

/** The first one, and how many others. */
function nameProjects([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : t('{0} and {1} more', first, String(others.length));
}

/** All a row shows, in one sentence for those who hear it. */
function describeRow(row: PatternRow, format: Format): string {
  return [
    `${nameKind(row.kind)} ${row.qualifiedName}`,
    row.language === null ? '' : nameLanguage(row.language),
    row.description,
    row.projects.join(', '),
    formatPlaces(row.support, format),
    row.history.gone ? t('No longer in the code') : '',
    row.history.changes === 0 ? '' : formatChanges(row.history, format),
    formatSuccess(row.successRate, row.ratingCount, format).long,
    row.date === null ? '' : t('changed {0}', formatAge(row.date, format)),
  ]
    .filter((part) => part !== '')
    .join(', ');
}
