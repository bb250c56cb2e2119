import { t } from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { View } from '../view.ts';

/** Where what was asked for by its name stands when it is no pattern, or that no pattern is called so. */
export function drawUnknownName({ state }: View): TemplateResult | typeof nothing {
  const unknown = state.list.page?.unknownName;
  if (unknown === undefined) return nothing;
  const { name, declared } = unknown;
  const lines =
    declared.length === 0
      ? [t('No pattern is called {0}.', name)]
      : declared.map((one) =>
          t(
            '{0} is at {1}:{2}: too small for a pattern, or not extracted yet.',
            ...[one.name, one.path, one.line],
          ),
        );
  return html`<div class="scope-note" role="status">
    ${lines.map((line) => html`<div>${line}</div>`)}
  </div>`;
}
