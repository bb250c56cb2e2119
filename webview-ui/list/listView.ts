import { t } from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { FIND_ORDERS } from '../../src/core/model/api/find.ts';
import { drawForgotten, drawNotices } from '../noticesView.ts';
import { drawIcon } from '../parts.ts';
import { formatPatterns } from '../text/format.ts';
import { nameOrder } from '../text/labels.ts';
import type { View } from '../view.ts';
import { drawChips, drawFilters } from './filtersView.ts';
import { onGridClick, onGridFocus, onSearchKey } from './keys.ts';
import { activeFilters } from './filters.ts';
import { orderOf } from './listState.ts';
import { drawPacks } from './packsView.ts';
import { recycled } from './recycled.ts';
import { drawRow, idOfRow } from './rowView.ts';
import { drawScope } from './scopeView.ts';
import { ROW_HEIGHT_PX, toMountedRows, toVisibleSpan } from './rowWindow.ts';
import { drawListState } from './stateView.ts';

/** Search box, filters and the list. */
export function drawList(view: View): TemplateResult {
  const { state } = view;
  const instead = drawListState(view);
  const waiting = state.list.look.state === 'quarantined';
  return html`<main class="list-page" aria-busy=${state.list.stale}>
    <h1 class="sr-only">${waiting ? t('Imported Patterns') : t('Patterns')}</h1>
    ${drawSearch(view)} ${drawScope(view)} ${drawChips(view)}
    ${state.filtersOpen ? drawFilters(view) : nothing} ${drawNotices(view)}
    ${waiting ? drawPacks(view) : nothing} ${drawSummary(view)}
    ${instead === undefined ? drawGrid(view) : html`<div class="instead">${instead}</div>`}
    ${drawForgotten(view)}
  </main>`;
}

function drawSearch(view: View): TemplateResult {
  const { state, browser } = view;
  const { look } = state.list;
  const active = activeFilters(look.filters).length;
  return html`<div class="search" role="search">
    <vscode-textfield
      id="search"
      type="search"
      .label=${t('Search patterns')}
      placeholder=${t('Search…')}
      autocomplete="off"
      .value=${look.text}
      @input=${(event: Event) => {
        browser.list.look({ text: (event.target as HTMLInputElement).value });
      }}
      @keydown=${(event: KeyboardEvent) => {
        onSearchKey(event, view);
      }}
    >
      <span slot="content-before" class="codicon codicon-search" aria-hidden="true"></span>
      <!-- Keeps the corners of what one types in off the round ones of the field. -->
      <span slot="content-after"></span>
    </vscode-textfield>
    <button
      type="button"
      class="icon-button"
      aria-label=${active === 0 ? t('Filters') : t('Filters, {0} active', active)}
      title=${t('Filters')}
      aria-expanded=${state.filtersOpen}
      aria-controls=${state.filtersOpen ? 'filters' : nothing}
      @click=${() => {
        browser.toggleFilters();
      }}
    >
      ${drawIcon(active === 0 ? 'filter' : 'filter-filled')}
    </button>
  </div>`;
}

/** How much was found, and its order. */
function drawSummary({ state, browser, format }: View): TemplateResult | typeof nothing {
  const { page, look } = state.list;
  if (page === undefined || page.library.live + page.library.quarantined === 0) return nothing;
  const orders = FIND_ORDERS.filter((order) => order !== 'relevance' || look.text.trim() !== '');
  return html`<div class="summary">
    <span role="status">${formatPatterns(page.total, format)}</span>
    <select
      class="order"
      aria-label=${t('Order')}
      title=${t('Order')}
      @change=${(event: Event) => {
        const { value } = event.target as HTMLSelectElement;
        browser.list.look({ chosenOrder: orders.find((order) => order === value) });
      }}
    >
      ${orders.map(
        (order) =>
          html`<option value=${order} .selected=${order === orderOf(look)}>
            ${nameOrder(order)}
          </option>`,
      )}
    </select>
  </div>`;
}

function drawGrid(view: View): TemplateResult {
  const { list } = view.state;
  const total = list.page?.total ?? 0;
  const rows = toMountedRows(toVisibleSpan(view.viewport, total), total, list.active);
  return html`<div
    id="grid"
    class="grid"
    role="grid"
    aria-label=${t('Patterns')}
    aria-rowcount=${total}
    @click=${(event: Event) => {
      onGridClick(event, view);
    }}
    @focusin=${(event: Event) => {
      onGridFocus(event, view);
    }}
  >
    <div
      class="rows"
      role="rowgroup"
      aria-owns=${rows.map(idOfRow).join(' ')}
      .style=${`height: ${total * ROW_HEIGHT_PX}px`}
    >
      ${recycled(rows, (index) => drawRow(view, index))}
    </div>
  </div>`;
}
