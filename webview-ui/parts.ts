import { html } from 'lit';
import type { TemplateResult } from 'lit';

/** A codicon that says nothing of its own. */
export function drawIcon(name: string): TemplateResult {
  return html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`;
}

export interface IconButton {
  readonly icon: string;
  readonly label: string;
  /** Shown after the label when one points at it. */
  readonly key?: string;
  readonly onClick: () => void;
  /** -1 where the arrow keys lead to it. */
  readonly tabindex?: -1 | 0;
}

/** A button of a toolbar, named by its label. */
export function drawIconButton({
  icon,
  label,
  key,
  onClick,
  tabindex,
}: IconButton): TemplateResult {
  return html`<button
    type="button"
    class="icon-button"
    tabindex=${tabindex ?? 0}
    aria-label=${label}
    title=${key === undefined ? label : `${label} (${key})`}
    @click=${(event: Event) => {
      event.stopPropagation();
      onClick();
    }}
  >
    ${drawIcon(icon)}
  </button>`;
}
