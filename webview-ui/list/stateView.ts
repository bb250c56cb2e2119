import { t } from '@vscode/l10n';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { BrowserAction, FailureText } from '../../src/protocol/browser.ts';
import { isOfLibraryPlace } from '../../src/protocol/libraryPlace.ts';
import { drawIcon } from '../parts.ts';
import type { Browser } from '../browser.ts';
import type { View } from '../view.ts';
import { activeFilters } from './filters.ts';
import type { Look } from './listState.ts';

interface Step {
  readonly label: string;
  readonly onClick: () => void;
}

interface Message {
  readonly icon: string;
  readonly title: string;
  readonly text: string;
  /** The first one is the thing to do. */
  readonly steps: readonly Step[];
}

/** What stands in the place of the list, and what can be done about it; `undefined` if nothing. */
export function drawListState(view: View): TemplateResult | undefined {
  const { list, status } = view.state;
  if (status?.engine.state === 'failed' && list.page === undefined) {
    return drawFailure(view, status.engine.failure);
  }
  if (list.failure !== undefined) return drawFailure(view, list.failure);
  if (list.page === undefined) return drawSkeleton();
  if (list.page.total > 0) return undefined;
  const { library } = list.page;
  if (list.look.state === 'quarantined') {
    const isNarrowed = list.look.text.trim() !== '' || activeFilters(list.look.filters).length > 0;
    const hidesAny = isNarrowed && library.quarantined > 0;
    return hidesAny ? drawNothingFound(view) : drawNothingWaits(view);
  }
  return library.live === 0 ? drawEmptyLibrary(view) : drawNothingFound(view);
}

export function drawMessage({ icon, title, text, steps }: Message): TemplateResult {
  return html`<div class="message">
    <span class="message-icon">${drawIcon(icon)}</span>
    <h2>${title}</h2>
    <p>${text}</p>
    ${steps.map(
      ({ label, onClick }, index) =>
        html`<vscode-button ?secondary=${index > 0} @click=${onClick}>${label}</vscode-button>`,
    )}
  </div>`;
}

/** What stands in the place of what could not be asked for, and how to try again. */
export function drawFailure(
  { state, browser }: View,
  { code, message, hint }: FailureText,
): TemplateResult {
  return html`<div role="alert">
    ${drawMessage({
      icon: 'warning',
      title: message,
      text: hint,
      steps: [
        {
          label: t('Try Again'),
          onClick: () => {
            // An engine that is down for good answers no second request either.
            if (state.status?.engine.state === 'failed') browser.act({ action: 'resume' });
            else browser.retry();
          },
        },
        ...(isOfLibraryPlace(code)
          ? [toStep(t('Open Settings'), { action: 'chooseLibrary' }, browser)]
          : []),
        toStep(t('Show Log'), { action: 'showLog' }, browser),
      ],
    })}
  </div>`;
}

/** Rows to come, with a word for those who do not see them. */
function drawSkeleton(): TemplateResult {
  return html`<div class="skeleton" role="status">
    <span class="sr-only">${t('Loading patterns')}</span>
    ${Array.from(
      { length: 8 },
      () =>
        html`<div class="bones" aria-hidden="true">
          <span class="bone wide"></span><span class="bone short"></span>
        </div>`,
    )}
  </div>`;
}

function drawEmptyLibrary({ state, browser }: View): TemplateResult {
  const { status } = state;
  if (status === undefined) return drawSkeleton();
  const importing = toStep(t('Import Patterns…'), { action: 'import' }, browser);
  if (!status.hasFolder) {
    return drawMessage({
      icon: 'folder-opened',
      title: t('No folder to learn from'),
      text: t('Open a folder on disk to learn patterns from its code and history.'),
      steps: [toStep(t('Open Folder'), { action: 'openFolder' }, browser), importing],
    });
  }
  if (!status.trusted) {
    return drawMessage({
      icon: 'shield',
      title: t('This folder is not trusted'),
      text: t(
        'Patterns are only extracted from trusted folders. You can still search the library.',
      ),
      steps: [toStep(t('Manage Trust'), { action: 'manageTrust' }, browser), importing],
    });
  }
  if (status.work.state === 'extracting') {
    return drawMessage({
      icon: 'telescope',
      title: t('Looking for patterns…'),
      text: t('They appear here as they are found.'),
      steps: [],
    });
  }
  return drawMessage({
    icon: 'library',
    title: t('The library is empty'),
    text: t(
      'Pattern Foundry learns from the code and the git history of this folder. All of it stays on this machine.',
    ),
    steps: [toStep(t('Extract Patterns'), { action: 'extract' }, browser), importing],
  });
}

/** Why the list is empty, and what to do about it. */
function drawNothingFound(view: View): TemplateResult {
  const { look, page } = view.state.list;
  if (look.text.trim() !== '') return drawNoMatch(view);
  const isFiltered = activeFilters(look.filters).length > 0;
  if (!isFiltered && look.state === 'live') return drawEmptyTab(view);
  return drawMessage({
    icon: 'filter',
    title: t('No pattern matches the filters'),
    text: page?.emptyReason ?? t('Remove one of them to see more.'),
    steps: toUnfiltered(view),
  });
}

function drawNoMatch(view: View): TemplateResult {
  const { look, page } = view.state.list;
  const { weaker, state } = look;
  const elsewhere = state === 'live' ? [toOtherTab(view)] : [];
  return drawMessage({
    icon: 'search',
    title: weaker ? t('No match') : t('No good match'),
    text:
      page?.scope?.widened === true
        ? t('Neither this workspace nor another project has one. Try other words.')
        : t('Try other words, part of a name or fewer filters.'),
    steps: [
      ...(weaker || state !== 'live'
        ? []
        : [toLook(view, t('Show Weaker Matches'), { weaker: true })]),
      ...elsewhere,
      ...toUnfiltered(view),
      toLook(view, t('Clear Search'), { text: '' }),
    ],
  });
}

function toUnfiltered(view: View): readonly Step[] {
  const isFiltered = activeFilters(view.state.list.look.filters).length > 0;
  return isFiltered ? [toLook(view, t('Clear Filters'), { filters: {} })] : [];
}

function drawEmptyTab(view: View): TemplateResult {
  const { look, page } = view.state.list;
  const widen =
    look.scope === 'workspace' && page?.scope !== undefined
      ? [toLook(view, t('Show All Projects'), { scope: 'all' })]
      : [];
  if (look.tab === 'reuse') {
    return drawMessage({
      icon: 'library',
      title: t('Nothing to reuse yet'),
      text: page?.emptyReason ?? '',
      steps: [...widen, toOtherTab(view)],
    });
  }
  return drawMessage({
    icon: 'history',
    title: t('No lessons yet'),
    text: page?.emptyReason ?? '',
    steps: [
      toStep(t('Read the Git History'), { action: 'extractHistory' }, view.browser),
      ...widen,
      toOtherTab(view),
    ],
  });
}

function toOtherTab(view: View): Step {
  return view.state.list.look.tab === 'reuse'
    ? toLook(view, t('Show Lessons'), { tab: 'lessons' })
    : toLook(view, t('Show Reuse'), { tab: 'reuse' });
}

function toLook({ browser }: View, label: string, change: Partial<Look>): Step {
  return {
    label,
    onClick: () => {
      browser.list.look(change);
    },
  };
}

function drawNothingWaits({ browser }: View): TemplateResult {
  return drawMessage({
    icon: 'check-all',
    title: t('Nothing to review'),
    text: t('All imported patterns have been accepted or discarded.'),
    steps: [
      {
        label: t('Show All Patterns'),
        onClick: () => {
          browser.list.look({ state: 'live', filters: {}, text: '' });
        },
      },
    ],
  });
}

function toStep(label: string, action: BrowserAction, browser: Browser): Step {
  return {
    label,
    onClick: () => {
      browser.act(action);
    },
  };
}
