import { t } from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { isThumb, type Thumb, type Thumbs } from '../src/core/model/patternRow.ts';
import type { PatternId } from '../src/core/model/pattern.ts';
import { drawIcon } from './parts.ts';
import { formatCount } from './text/format.ts';
import type { View } from './view.ts';

/** Thumbs up and down with their counts. A thumb turns when its rating is on disk. */
export function drawThumbs(
  view: View,
  { id, thumbs, tabindex }: { id: PatternId; thumbs: Thumbs; tabindex: -1 | 0 },
): TemplateResult {
  const busy = view.state.rating.has(id);
  const draw = (rating: Thumb, icon: string, count: number): TemplateResult => {
    const pressed = isThumb(thumbs.own, rating);
    const name = rating === 5 ? t('Thumbs up') : t('Thumbs down');
    const shown = formatCount(count, view.format);
    return html`<button
      type="button"
      class=${classMap({ thumb: true, pressed, busy, up: rating === 5 })}
      data-rating=${rating}
      tabindex=${tabindex}
      aria-pressed=${pressed}
      aria-busy=${busy}
      aria-label=${`${name}, ${shown}`}
      title=${pressed ? t('{0}: take back', name) : name}
      @click=${(event: Event) => {
        event.stopPropagation();
        view.browser.rate(id, rating);
      }}
    >
      ${drawIcon(pressed ? `${icon}-filled` : icon)}
      ${count > 0 ? html`<span aria-hidden="true">${shown}</span>` : nothing}
    </button>`;
  };
  return html`<div class="thumbs">
    ${draw(5, 'thumbsup', thumbs.up)}${draw(1, 'thumbsdown', thumbs.down)}
  </div>`;
}
