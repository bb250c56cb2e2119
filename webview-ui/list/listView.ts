import { t } from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { drawDetails } from '../detail/detailView.ts';
import { drawNotices, drawUndo } from '../noticesView.ts';
import { drawIcon } from '../parts.ts';
import type { View } from '../view.ts';
import { activeFilters } from './filters.ts';
import { drawChips, drawFilters } from './filtersView.ts';
import { drawGrid } from './gridView.ts';
import { onSearchKey } from './keys.ts';
import { drawPacks } from './packsView.ts';
import { drawScope } from './scopeView.ts';
import { drawUnknownName } from './unknownNameView.ts';
import { drawListState } from './stateView.ts';
import { drawHead } from './tabsView.ts';

/** Search box, tabs, filters and the list, with the details of a pattern below it. */
export function drawList(view: View): TemplateResult {
  const { state } = view;
  const { stale, look, page } = state.list;
  const instead = drawListState(view);
  const waiting = look.state === 'quarantined';
  const hasTabs = !waiting && page !== undefined && page.library.live > 0;
  const hasDetails = state.detailsOpen && state.trail.length > 0;
  return html`<main
    class=${classMap({ 'list-page': true, 'has-details': hasDetails })}
    aria-busy=${stale}
  >
    <h1 class="sr-only">${waiting ? t('Imported Patterns') : t('Patterns')}</h1>
    ${drawSearch(view)} ${drawHead(view, hasTabs)} ${drawScope(view)} ${drawUnknownName(view)}
    ${drawChips(view)} ${state.filtersOpen ? drawFilters(view) : nothing} ${drawNotices(view)}
    ${waiting ? drawPacks(view) : nothing}
    <div
      class="panel"
      id="panel"
      role=${hasTabs ? 'tabpanel' : nothing}
      aria-labelledby=${hasTabs ? `tab-${look.tab}` : nothing}
    >
      ${instead === undefined ? drawGrid(view) : html`<div class="instead">${instead}</div>`}
      ${drawUndo(view)}
    </div>
    ${drawDetails(view)}
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
