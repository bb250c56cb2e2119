import { t } from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { TABS } from '../../src/core/model/api/find.ts';
import type { Tab } from '../../src/core/model/api/find.ts';
import { drawIconButton } from '../parts.ts';
import { formatLessons, formatMatches, formatPatterns } from '../text/format.ts';
import type { View } from '../view.ts';

/** Which of the two questions the list answers, and how much there is. */
export function drawHead(view: View, hasTabs: boolean): TemplateResult | typeof nothing {
  const { page, look } = view.state.list;
  // An empty library says so where its patterns would be.
  if (page === undefined || (look.state === 'live' && page.library.live === 0)) return nothing;
  return html`<div class="head">
    ${hasTabs ? drawTabs(view) : nothing}
    <span class="head-count" role="status"> ${describeTotal(view, page.total)} </span>
    ${page.total > 0 && look.state === 'live' ? drawExport(view) : nothing}
  </div>`;
}

function describeTotal({ state, format }: View, total: number): string {
  const { text, tab, state: listed } = state.list.look;
  if (text.trim() !== '') return formatMatches(total, format);
  return tab === 'lessons' && listed === 'live'
    ? formatLessons(total, format)
    : formatPatterns(total, format);
}

function drawExport({ state, browser }: View): TemplateResult {
  return drawIconButton({
    icon: 'export',
    label: t('Export this list…'),
    onClick: () => {
      const { text, filters, scope, tab, weaker } = state.list.look;
      browser.act({ action: 'exportList', text: text.trim(), filters, scope, tab, weaker });
    },
  });
}

function drawTabs(view: View): TemplateResult {
  const { tab } = view.state.list.look;
  return html`<div class="tabs" role="tablist" aria-label=${t('Show')}>
    ${TABS.map(
      (one) =>
        html`<button
          type="button"
          role="tab"
          id="tab-${one}"
          class="tab"
          title=${describeTab(one)}
          aria-selected=${one === tab}
          aria-controls="panel"
          tabindex=${one === tab ? 0 : -1}
          @click=${() => {
            view.browser.list.look({ tab: one });
          }}
          @keydown=${(event: KeyboardEvent) => {
            onTabKey(event, view);
          }}
        >
          ${nameTab(one)}
        </button>`,
    )}
  </div>`;
}

export function nameTab(tab: Tab): string {
  return tab === 'reuse' ? t('Reuse') : t('Lessons');
}

function describeTab(tab: Tab): string {
  return tab === 'reuse' ? t('What you can reuse here') : t('What went wrong here before');
}

/** With two tabs, either arrow leads to the other one. */
function onTabKey(event: KeyboardEvent, { state, browser }: View): void {
  const { tab } = state.list.look;
  const next = nextTab(event.key, tab);
  if (next === undefined) return;
  event.preventDefault();
  browser.list.look({ tab: next });
  browser.focus.element(`tab-${next}`);
}

function nextTab(key: string, tab: Tab): Tab | undefined {
  if (key === 'Home') return TABS[0];
  if (key === 'End') return TABS.at(-1);
  if (key !== 'ArrowRight' && key !== 'ArrowLeft') return undefined;
  const step = key === 'ArrowRight' ? 1 : -1;
  return TABS.at((TABS.indexOf(tab) + step) % TABS.length);
}
