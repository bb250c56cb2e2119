import { t } from '@vscode/l10n';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Pattern } from '../../src/core/model/pattern.ts';
import type { BrowserAction } from '../../src/protocol/browser.ts';
import { drawIconButton } from '../parts.ts';
import { PATTERN_KEYS } from '../patternKeys.ts';
import type { View } from '../view.ts';
import { isChange } from './change.ts';

/** What can be done with a pattern, most of it by a key as well. */
export function drawActions(view: View, pattern: Pattern): TemplateResult {
  const { browser } = view;
  const { id, state } = pattern;
  if (state === 'quarantined') return drawDecision(view, pattern);
  const button = (
    icon: string,
    label: string,
    key: string | undefined,
    action: BrowserAction,
  ): TemplateResult =>
    drawIconButton({
      icon,
      label,
      ...(key === undefined ? {} : { key }),
      onClick: () => {
        browser.act(action);
      },
    });
  return html`<vscode-button
      title=${`${t('Insert at the cursor')} (${PATTERN_KEYS.insert.label()})`}
      @click=${() => {
        browser.act({ action: 'insert', id, asSnippet: false });
      }}
      >${t('Insert')}</vscode-button
    >
    <div class="toolbar" role="group" aria-label=${t('Actions')}>
      ${button('symbol-snippet', t('Insert as snippet'), PATTERN_KEYS.insertSnippet.label(), {
        action: 'insert',
        id,
        asSnippet: true,
      })}
      ${button('copy', t('Copy'), PATTERN_KEYS.copy.label(), { action: 'copy', id })}
      ${button(isChange(pattern) ? 'diff' : 'go-to-file', t('Open in the editor'), undefined, { action: 'open', id, keepsFocus: false })}
      ${button('comment-discussion', t('Add to chat'), undefined, { action: 'addToChat', id })}
      ${button('export', t('Share as a pack'), undefined, { action: 'share', id })}
      ${drawIconButton({
        icon: 'trash',
        label: t('Forget'),
        key: t('Delete'),
        onClick: () => {
          browser.forget(pattern);
        },
      })}
    </div>`;
}

/** An imported pattern is taken in or thrown away before anything else. */
function drawDecision({ browser }: View, pattern: Pattern): TemplateResult {
  const { id } = pattern;
  return html`<vscode-button
      @click=${() => {
        browser.accept({ id });
      }}
      >${t('Accept')}</vscode-button
    >
    <vscode-button
      secondary
      @click=${() => {
        browser.forget(pattern);
      }}
      >${t('Discard')}</vscode-button
    >
    <div class="toolbar" role="group" aria-label=${t('Actions')}>
      ${drawIconButton({
        icon: isChange(pattern) ? 'diff' : 'go-to-file',
        label: t('Open in the editor'),
        onClick: () => {
          browser.act({ action: 'open', id, keepsFocus: false });
        },
      })}
    </div>`;
}
