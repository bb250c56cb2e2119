import { t } from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { BrowserAction } from '../src/protocol/browser.ts';
import type { Browser } from './browser.ts';
import { drawIcon, drawIconButton } from './parts.ts';
import { formatCount } from './text/format.ts';
import type { Format } from './text/format.ts';
import type { Undoable } from './undo/undoable.ts';
import type { View } from './view.ts';

type Drawn = TemplateResult | typeof nothing;

/** What goes on beside the list: work, trust, the engine, imports that wait. */
export function drawNotices(view: View): TemplateResult {
  return html`${drawEngine(view)}${drawFailed(view)}${drawWork(view)}${drawTrust(view)}${drawImports(
    view,
  )}`;
}

function drawEngine({ state, browser }: View): Drawn {
  const engine = state.status?.engine;
  if (engine?.state === 'restarting') {
    return drawNotice('sync', t('The engine stopped and is restarting. Nothing is lost.'));
  }
  if (engine?.state !== 'failed' || state.list.page === undefined) return nothing;
  return drawNotice('warning', `${engine.failure.message}. ${engine.failure.hint}`, {
    label: t('Try Again'),
    onClick: () => {
      browser.act({ action: 'resume' });
    },
  });
}

/** What a person asked for and did not get. */
function drawFailed({ state, browser }: View): Drawn {
  const { failure } = state;
  if (failure === undefined) return nothing;
  return html`<div class="notice" role="alert">
    ${drawIcon('error')}
    <span class="notice-text">${failure.message}. ${failure.hint}</span>
    ${drawLink(t('Show Log'), { action: 'showLog' }, browser)}
    ${drawIconButton({
      icon: 'close',
      label: t('Dismiss'),
      onClick: () => {
        browser.dismissFailure();
      },
    })}
  </div>`;
}

function drawWork({ state, browser }: View): Drawn {
  const work = state.status?.work;
  if (work?.state === 'paused') {
    return drawNotice('debug-pause', t('Pattern Foundry is paused.'), {
      label: t('Resume'),
      onClick: () => {
        browser.act({ action: 'resume' });
      },
    });
  }
  if (work?.state !== 'extracting') return nothing;
  return html`<div class="work">
    <vscode-progress-bar
      .ariaLabel=${t('Extracting patterns')}
      .indeterminate=${work.share === null}
      .value=${(work.share ?? 0) * 100}
    ></vscode-progress-bar>
    <div class="work-text">${work.label}</div>
  </div>`;
}

function drawTrust({ state, browser }: View): Drawn {
  if (state.status?.trusted !== false || state.list.page?.library.live === 0) return nothing;
  return drawNotice('shield', t('Restricted Mode: you can search and rate, but not extract.'), {
    label: t('Manage Trust'),
    onClick: () => {
      browser.act({ action: 'manageTrust' });
    },
  });
}

function drawImports({ state, browser, format }: View): Drawn {
  const waiting = state.list.page?.library.quarantined ?? 0;
  if (waiting === 0 || state.list.look.state === 'quarantined') return nothing;
  const text =
    waiting === 1
      ? t('1 imported pattern to review.')
      : t('{0} imported patterns to review.', formatCount(waiting, format));
  return drawNotice('package', text, {
    label: t('Review'),
    onClick: () => {
      browser.list.look({ state: 'quarantined', filters: {}, text: '' });
    },
  });
}

/** What went out of sight, for as long as it can be had back. */
export function drawUndo({ state, browser, format }: View): TemplateResult {
  const { undoable } = state;
  const hold = (held: boolean) => () => {
    browser.holdUndo(held);
  };
  return html`<div
    class="undo"
    role="status"
    @mouseenter=${hold(true)}
    @mouseleave=${hold(false)}
    @focusin=${hold(true)}
    @focusout=${hold(false)}
  >
    ${
      undoable === undefined
        ? nothing
        : html`<div class="toast">
            <span class="toast-text">${describeUndoable(undoable, format)}</span>
            <button
              type="button"
              class="link"
              title=${`${t('Undo')} (${t('Ctrl+Z')})`}
              @click=${() => {
                browser.undo();
              }}
            >
              ${t('Undo')}
            </button>
          </div>`
    }
  </div>`;
}

function describeUndoable(undoable: Undoable, format: Format): string {
  const { ratedDown, count, name } = undoable;
  const shown = formatCount(count, format);
  if (ratedDown.length > 0) {
    return name === undefined
      ? t('{0} patterns are no longer listed.', shown)
      : t('“{0}” is no longer listed.', name);
  }
  if (name === undefined) return t('Forgot {0} patterns.', shown);
  return count === 1 ? t('Forgot “{0}”.', name) : t('Forgot {0} patterns of “{1}”.', shown, name);
}

function drawNotice(
  icon: string,
  text: string,
  step?: { readonly label: string; readonly onClick: () => void },
): TemplateResult {
  return html`<div class="notice" role="status">
    ${drawIcon(icon)}<span class="notice-text">${text}</span>
    ${
      step === undefined
        ? nothing
        : html`<button type="button" class="link" @click=${step.onClick}>${step.label}</button>`
    }
  </div>`;
}

function drawLink(label: string, action: BrowserAction, browser: Browser): TemplateResult {
  return html`<button
    type="button"
    class="link"
    @click=${() => {
      browser.act(action);
    }}
  >
    ${label}
  </button>`;
}
