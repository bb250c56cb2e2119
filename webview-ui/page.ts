import { t } from '@vscode/l10n';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
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
    put(html`${drawList(view)}`);
  } catch (error) {
    put(html`${drawUndrawable(view)}`);
    throw error;
  }
}

function drawUndrawable({ browser }: View): TemplateResult {
  return html`<main role="alert">
    ${drawMessage({
      icon: 'warning',
      title: t('This cannot be shown'),
      text: t('This is a bug in Pattern Foundry. Please report it.'),
      steps: [
        {
          label: t('Try Again'),
          onClick: () => {
            browser.closeDetails();
            browser.retry();
          },
        },
      ],
    })}
  </main>`;
}
