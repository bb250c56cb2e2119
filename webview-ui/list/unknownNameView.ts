import { t } from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ShownDeclaration } from '../../src/protocol/browser.ts';
import type { View } from '../view.ts';

/** That no pattern is called as somebody asks, what was taken instead, and what the sources declare. */
export function drawUnknownName(view: View): TemplateResult | typeof nothing {
  const unknown = view.state.list.page?.unknownName;
  if (unknown === undefined) return nothing;
  const { name, meant, declared } = unknown;
  const said =
    meant === undefined
      ? t('No pattern is called {0}.', name)
      : t('Nothing is called {0}; these are for {1}.', name, meant);
  return html`${
    meant === undefined && declared.length > 0
      ? nothing
      : html`<div class="scope-note" role="status">${said}</div>`
  }
  ${declared.map((one) => drawDeclaration(view, meant ?? name, one))}`;
}

/** @param text by which it is looked up again when it is opened */
function drawDeclaration(
  { browser }: View,
  text: string,
  { name, path, line, signature, description, why }: ShownDeclaration,
): TemplateResult {
  return html`<div class="declared">
    <button
      type="button"
      class="declared-name"
      title=${t('Open {0}', `${path}:${line}`)}
      @click=${() => {
        browser.act({ action: 'openDeclared', text, path, line });
      }}
    >
      ${name}
    </button>
    <span class="declared-why">${t('not in the library: {0}', why)}</span>
    ${signature === '' ? nothing : html`<code class="declared-head">${signature}</code>`}
    ${description === '' ? nothing : html`<span>${description}</span>`}
    <span class="declared-why">${path}:${line}</span>
  </div>`;
}
