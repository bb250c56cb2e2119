import { t } from '@vscode/l10n';
import { html } from 'lit';
import type { TemplateResult } from 'lit';

/** Buttons that write what is shown to a file. */
export function exportButtons(onExport: (format: 'md' | 'html') => void): TemplateResult {
  return html`<p>
    <vscode-button
      @click=${() => {
        onExport('md');
      }}
      >${t('Export as Markdown')}</vscode-button
    >
    <vscode-button
      secondary
      @click=${() => {
        onExport('html');
      }}
      >${t('Export as HTML')}</vscode-button
    >
  </p>`;
}
