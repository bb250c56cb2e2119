import { t } from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { FACETS } from '../../src/core/model/filter.ts';
import type { Facet } from '../../src/core/model/filter.ts';
import type { FacetValue } from '../../src/core/model/api/find.ts';
import { drawIcon } from '../parts.ts';
import { formatCount } from '../text/format.ts';
import { nameFacet, nameFacetValue, nameOrder } from '../text/labels.ts';
import type { View } from '../view.ts';
import { activeFilters, isChosen, toggleFilter } from './filters.ts';
import type { ChosenValue } from './filters.ts';
import { BROWSING_ORDERS } from './listState.ts';

/** Values of a facet that are on show before one asks for the rest. */
const FIRST_VALUES = 5;

/** What the list may be narrowed by, with what would remain. */
export function drawFilters(view: View): TemplateResult {
  const facets = view.state.list.page?.facets;
  const groups = FACETS.map((facet) => drawFacet(view, facet, facets?.[facet] ?? []));
  return html`<div class="filters" id="filters" role="region" aria-label=${t('Filters')}>
    ${view.state.list.look.text.trim() === '' ? drawOrder(view) : nothing} ${groups}
  </div>`;
}

/** Of what is listed without a text; answers to one come by relevance. */
function drawOrder({ state, browser }: View): TemplateResult {
  return html`<div class="facet">
    <h2 id="facet-order">${t('Order')}</h2>
    <select
      class="order"
      aria-labelledby="facet-order"
      @change=${(event: Event) => {
        const { value } = event.target as HTMLSelectElement;
        const order = BROWSING_ORDERS.find((one) => one === value);
        if (order !== undefined) browser.list.look({ order });
      }}
    >
      ${BROWSING_ORDERS.map(
        (order) =>
          html`<option value=${order} .selected=${order === state.list.look.order}>
            ${nameOrder(order)}
          </option>`,
      )}
    </select>
  </div>`;
}

function drawFacet(view: View, facet: Facet, values: readonly FacetValue[]): TemplateResult {
  if (!isWorthAsking(view, facet, values)) return html``;
  const rest = values.slice(FIRST_VALUES);
  return html`<section class="facet" aria-labelledby="facet-${facet}">
    <h2 id="facet-${facet}">${nameFacet(facet)}</h2>
    <div class="facet-values">
      ${values.slice(0, FIRST_VALUES).map((value) => drawValue(view, facet, value))}
    </div>
    ${
      rest.length === 0
        ? nothing
        : html`<details class="facet-rest">
            <summary>${t('{0} more', formatCount(rest.length, view.format))}</summary>
            <div class="facet-values">${rest.map((value) => drawValue(view, facet, value))}</div>
          </details>`
    }
  </section>`;
}

/** A single value that all have narrows nothing; what was rated down is not among all. */
function isWorthAsking(
  { state: { list } }: View,
  facet: Facet,
  [first, ...others]: readonly FacetValue[],
): boolean {
  if (first === undefined) return false;
  const isOfAll = others.length === 0 && first.count === list.page?.total;
  return !isOfAll || facet === 'rated' || list.look.filters[facet] !== undefined;
}

function drawValue(view: View, facet: Facet, counted: FacetValue): TemplateResult {
  const { value, count } = counted;
  const { filters } = view.state.list.look;
  const asked: ChosenValue = { facet, value, side: 'any' };
  const leftOut: ChosenValue = { facet, value, side: 'not' };
  const isLeftOut = isChosen(filters, leftOut);
  const name = nameFacetValue(facet, counted);
  const toggle = (chosen: ChosenValue) => () => {
    view.browser.list.look({ filters: toggleFilter(filters, chosen) });
  };
  return html`<span
    class=${classMap({
      'facet-value': true,
      chosen: isLeftOut || isChosen(filters, asked),
      excluded: isLeftOut,
    })}
  >
    <button
      type="button"
      class="facet-choice"
      aria-pressed=${isChosen(filters, asked)}
      @click=${toggle(asked)}
    >
      <span class="facet-name">${name}</span>
      <span class="facet-count">${formatCount(count, view.format)}</span>
    </button>
    <button
      type="button"
      class="facet-exclude"
      aria-label=${t('Exclude {0}', name)}
      title=${t('Exclude {0}', name)}
      aria-pressed=${isLeftOut}
      @click=${toggle(leftOut)}
    >
      ${drawIcon('circle-slash')}
    </button>
  </span>`;
}

/** One chip for each active filter; a click takes it off. */
export function drawChips(view: View): TemplateResult | typeof nothing {
  const { page, look } = view.state.list;
  const { filters } = look;
  const active = activeFilters(filters);
  if (active.length === 0) return nothing;
  return html`<ul class="chips" aria-label=${t('Active filters')}>
    ${active.map((chosen) => {
      const { facet, value, side } = chosen;
      const counted = page?.facets[facet].find((one) => one.value === value);
      const name = nameFacetValue(facet, counted ?? { value });
      const shown = side === 'not' ? t('not {0}', name) : name;
      const label = t('Remove filter {0}: {1}', nameFacet(facet), shown);
      return html`<li>
        <button
          type="button"
          class="chip"
          aria-label=${label}
          title=${label}
          @click=${() => {
            view.browser.list.look({ filters: toggleFilter(filters, chosen) });
          }}
        >
          <span class="chip-text">${shown}</span>${drawIcon('close')}
        </button>
      </li>`;
    })}
    ${
      active.length === 1
        ? nothing
        : html`<li>
            <button
              type="button"
              class="link"
              @click=${() => {
                view.browser.list.look({ filters: {} });
              }}
            >
              ${t('Clear all')}
            </button>
          </li>`
    }
  </ul>`;
}
