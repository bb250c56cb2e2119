import { t } from '@vscode/l10n';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { drawDetail } from './detail/detailView.ts';
import { drawList } from './list/listView.ts';
import { drawMessage } from './list/stateView.ts';
import type { View } from './view.ts';

/**
 * Puts the page where it is seen. What cannot be drawn gives way to words about it, so that nobody
 * waits for it for ever; they go as soon as it can be drawn.
 *
 * @throws what was thrown on the way, which is a bug
 */
export function showPage(view: View, put: (page: TemplateResult) => void): void {
  try {
    put(html`${view.state.trail.length === 0 ? drawList(view) : drawDetail(view)}`);
  } catch (error) {
    put(html`${drawUndrawable(view)}`);
    throw error;
  }
}

function drawUndrawable({ state, browser }: View): TemplateResult {
  const isList = state.trail.length === 0;
  return html`<main role="alert">
    ${drawMessage({
      icon: 'warning',
      title: t('This cannot be shown'),
      text: t('This is a bug in Pattern Foundry. Please report it.'),
      steps: [
        {
          label: isList ? t('Try Again') : t('Back'),
          onClick: () => {
            if (isList) browser.retry();
            else browser.back();
          },
        },
      ],
    })}
  </main>`;
}
