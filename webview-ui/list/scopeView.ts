import { t } from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ListQuery } from '../../src/protocol/browser.ts';
import type { View } from '../view.ts';

const SCOPES: readonly ListQuery['scope'][] = ['workspace', 'all'];

/** Whether the list keeps to the workspace, and that it does not where nothing is there. */
export function drawScope(view: View): TemplateResult | typeof nothing {
  const { state, browser } = view;
  const { look, page } = state.list;
  if (!isOffered(view)) return nothing;
  // Where no project has a match, the list says so itself.
  const widened = look.scope === 'workspace' && page?.scope?.widened === true && page.total > 0;
  return html`<div class="scope" role="group" aria-label=${t('Search in')}>
      ${SCOPES.map(
        (scope) =>
          html`<button
            type="button"
            class="scope-choice"
            aria-pressed=${look.scope === scope}
            @click=${() => {
              browser.list.look({ scope });
            }}
          >
            ${scope === 'workspace' ? t('This workspace') : t('All projects')}
          </button>`,
      )}
    </div>
    ${
      widened
        ? html`<div class="scope-note" role="status">${describeWidening(page.scope.projects)}</div>`
        : nothing
    }`;
}

function describeWidening(projects: readonly string[]): string {
  return projects.length === 0
    ? t('No patterns from this workspace yet. Showing all projects.')
    : t('No matches in this workspace. Showing all projects.');
}

/** There is a workspace and something to list; projects chosen by name are looked for anywhere. */
function isOffered({ state: { list, status } }: View): boolean {
  if (status?.hasFolder !== true || !status.trusted) return false;
  const { look, page } = list;
  const isListed = page !== undefined && page.library.live > 0;
  return isListed && look.state === 'live' && look.filters.project === undefined;
}
