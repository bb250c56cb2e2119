import { t } from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { GONE_LESSONS, REUSE_GROUPS } from '../../src/core/model/api/find.ts';
import type { FacetValue } from '../../src/core/model/api/find.ts';
import { formatCount } from '../text/format.ts';
import { nameReuseGroup } from '../text/labels.ts';
import type { View } from '../view.ts';
import { onGridClick, onGridDoubleClick, onGridFocus } from './keys.ts';
import type { Heading, Layout } from './layout.ts';
import { layoutOf } from './listState.ts';
import { recycled } from './recycled.ts';
import { drawRow, idOfRow } from './rowView.ts';
import { toMountedHeadings, toMountedRows, toVisibleSpan } from './rowWindow.ts';
import { nameTab } from './tabsView.ts';

/** The rows in view and those around them, under the headings of their groups. */
export function drawGrid(view: View): TemplateResult {
  const { list } = view.state;
  const layout = layoutOf(list);
  const rows = toMountedRows(toVisibleSpan(view.viewport, layout), layout.total, list.active);
  const headings = toMountedHeadings(rows, layout);
  return html`<div id="grid" class="grid">
    <div
      class="rows"
      role="grid"
      aria-label=${list.look.state === 'live' ? nameTab(list.look.tab) : t('Imported Patterns')}
      aria-rowcount=${layout.total}
      .style=${`height: ${layout.heightPx}px`}
      @click=${(event: Event) => {
        onGridClick(event, view);
      }}
      @dblclick=${(event: Event) => {
        onGridDoubleClick(event, view);
      }}
      @focusin=${(event: Event) => {
        onGridFocus(event, view);
      }}
    >
      ${drawGroups(rows, headings)}${headings.map((heading) => drawHeading(heading, view))}
      ${recycled(rows, (index) => drawRow(view, index, layout))}
    </div>
    ${drawMore(view, layout)}
  </div>`;
}

/** Says for those who hear it which rows belong together, and in which order. */
function drawGroups(
  rows: readonly number[],
  headings: readonly Heading[],
): readonly TemplateResult[] {
  if (headings.length === 0) {
    return [html`<div role="rowgroup" aria-owns=${rows.map(idOfRow).join(' ')}></div>`];
  }
  return headings.map(({ group, row }) => {
    const own = rows.filter((one) => one >= row && one < row + group.count);
    return html`<div
      role="rowgroup"
      aria-label=${nameGroup(group)}
      aria-owns=${own.map(idOfRow).join(' ')}
    ></div>`;
  });
}

function drawHeading({ group, topPx }: Heading, { format }: View): TemplateResult {
  return html`<div
    class="heading"
    aria-hidden="true"
    title=${nameGroup(group)}
    .style=${`transform: translateY(${topPx}px)`}
  >
    <span class="heading-name"><bdi>${nameGroup(group)}</bdi></span>
    <span class="heading-count">${formatCount(group.count, format)}</span>
  </div>`;
}

/** Of an area of the code its path; what is in none of them is all over the project. */
function nameGroup({ value, title }: FacetValue): string {
  const group = REUSE_GROUPS.find((one) => one === value);
  if (group !== undefined) return nameReuseGroup(group);
  if (value === GONE_LESSONS) return t('No longer in the code');
  return (title ?? '/').replace(/^\/(?= · |$)/, t('Various places'));
}

/** Where the matches end, the ways to more of them. */
function drawMore({ state, browser }: View, { total }: Layout): TemplateResult | typeof nothing {
  const { look, page } = state.list;
  if (total === 0 || look.text.trim() === '' || look.state !== 'live') return nothing;
  const canWiden = page?.scope?.widened === false;
  if (look.weaker && !canWiden) return nothing;
  return html`<div class="more">
    ${
      look.weaker
        ? nothing
        : html`<button
            type="button"
            class="link"
            @click=${() => {
              browser.list.look({ weaker: true });
            }}
          >
            ${t('Show weaker matches')}
          </button>`
    }
    ${
      canWiden
        ? html`<button
            type="button"
            class="link"
            @click=${() => {
              browser.list.look({ scope: 'all' });
            }}
          >
            ${t('Search all projects')}
          </button>`
        : nothing
    }
  </div>`;
}
