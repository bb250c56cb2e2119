import { t } from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { View } from '../view.ts';

/** That no pattern is called as somebody asks. */
export function drawUnknownName({ state }: View): TemplateResult | typeof nothing {
  const unknown = state.list.page?.unknownName;
  if (unknown === undefined) return nothing;
  return html`<div class="scope-note" role="status">
    ${t('No pattern is called {0}.', unknown.name)}
  </div>`;
}
