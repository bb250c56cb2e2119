import { t } from '@vscode/l10n';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { drawIcon, drawIconButton } from '../parts.ts';
import { formatCount, formatPatterns } from '../text/format.ts';
import type { View } from '../view.ts';

/** The way out of the quarantine, and what to do with each pack that waits in it. */
export function drawPacks({ state, browser, format }: View): TemplateResult {
  const packs = state.list.page?.library.packs ?? [];
  return html`<section class="packs" aria-labelledby="packs-title">
    <div class="packs-head">
      ${drawIconButton({
        icon: 'arrow-left',
        label: t('Back to all patterns'),
        onClick: () => {
          browser.list.look({ state: 'live' });
        },
      })}
      <h2 id="packs-title">${t('Imported, to be reviewed')}</h2>
    </div>
    <p>${t('Imported patterns are not suggested until you accept them.')}</p>
    <div class="packs-list">
      ${packs.map(
        ({ value: pack, count }) =>
          html`<div class="pack">
            ${drawIcon('package')}<span class="pack-name" title=${pack}>${pack}</span>
            <span class="facet-count" title=${formatPatterns(count, format)}
              >${formatCount(count, format)}</span
            >
            <button
              type="button"
              class="link"
              @click=${() => {
                browser.accept({ pack });
              }}
              aria-label=${t('Accept all of {0}', pack)}
            >
              ${t('Accept all')}
            </button>
            <button
              type="button"
              class="link"
              @click=${() => {
                browser.discardPack(pack);
              }}
              aria-label=${t('Discard all of {0}', pack)}
            >
              ${t('Discard all')}
            </button>
          </div>`,
      )}
    </div>
  </section>`;
}
