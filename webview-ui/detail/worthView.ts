import { t } from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PatternRow } from '../../src/core/model/patternRow.ts';
import type { Pattern } from '../../src/core/model/pattern.ts';
import { drawIcon } from '../parts.ts';
import { formatCount, formatLines, formatShare } from '../text/format.ts';
import { KIND_ICONS } from '../../src/protocol/kindIcons.ts';
import { nameSignal } from '../text/labels.ts';
import type { View } from '../view.ts';
import { drawSection } from './sectionView.ts';

/** Why the pattern stands where it stands: each signal as a bar and a number. */
export function drawWhy({ format }: View, { value, valueSignals }: Pattern): TemplateResult {
  const signals = Object.entries(valueSignals).sort(([, one], [, other]) => other - one);
  return drawSection({
    title: t('Why is this here?'),
    note: formatShare(value, format),
    open: false,
    content: html`<ul class="signals">
      ${signals.map(
        ([name, share]) =>
          html`<li>
            <span class="signal-name">${nameSignal(name)}</span>
            <span class="bar" aria-hidden="true">
              <span class="bar-fill" .style=${`inline-size: ${share * 100}%`}></span>
            </span>
            <span class="signal-share">${formatShare(share, format)}</span>
          </li>`,
      )}
    </ul>`,
  });
}

/** Near duplicates that joined the pattern; each opens. */
export function drawVariants(
  view: View,
  variants: readonly PatternRow[],
): TemplateResult | typeof nothing {
  if (variants.length === 0) return nothing;
  return drawSection({
    title: t('Variants'),
    note: formatCount(variants.length, view.format),
    open: false,
    content: html`<ul class="variants">
      ${variants.map(
        ({ id, kind, name, lines }) =>
          html`<li>
            ${drawIcon(KIND_ICONS[kind])}
            <button
              type="button"
              class="link"
              @click=${() => {
                view.browser.open(id);
              }}
            >
              ${name}
            </button>
            <span class="faint">${formatLines(lines, view.format)}</span>
          </li>`,
      )}
    </ul>`,
  });
}
