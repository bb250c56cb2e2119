import { t } from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { shapeOnOneLine } from '../../src/core/model/code.ts';
import type { Pattern } from '../../src/core/model/pattern.ts';
import type { EditableField } from '../browserState.ts';
import { drawIcon } from '../parts.ts';
import type { View } from '../view.ts';
import { drawShape } from './shapeView.ts';

/** What the pattern is, in words that can be put better in place. */
export function drawDescription(view: View, pattern: Pattern, editing: boolean): TemplateResult {
  const { description } = pattern;
  if (editing) {
    const { onKeyDown, onBlur } = createEditing(view, description, (text) => ({
      description: text,
    }));
    return html`<textarea
      id="editor"
      class="editor"
      rows="3"
      aria-label=${t('Description')}
      title=${t('Enter saves, Escape cancels')}
      .value=${description}
      @keydown=${onKeyDown}
      @blur=${onBlur}
    ></textarea>`;
  }
  const isShape = pattern.kind === 'idiom' && description === shapeOnOneLine(pattern.template);
  return html`<div class="editable">
      ${
        isShape
          ? drawShape(pattern.template)
          : html`<p class=${description === '' ? 'description faint' : 'description'}>
              ${description === '' ? t('No description') : description}
            </p>`
      }
      ${drawPencil(view, 'description', t('Edit description'))}
    </div>
    ${pattern.kind === 'idiom' && !isShape ? drawShape(pattern.template) : nothing}`;
}

export function drawTags(view: View, { tags }: Pattern, editing: boolean): TemplateResult {
  const text = tags.join(', ');
  if (editing) {
    const { onKeyDown, onBlur } = createEditing(view, text, (typed) => ({
      tags: parseTags(typed),
    }));
    return html`<input
      id="editor"
      class="editor"
      type="text"
      aria-label=${t('Tags, separated by commas')}
      placeholder=${t('Tags, separated by commas')}
      title=${t('Enter saves, Escape cancels')}
      .value=${text}
      @keydown=${onKeyDown}
      @blur=${onBlur}
    />`;
  }
  return html`<div class="editable">
    ${
      tags.length === 0
        ? html`<p class="faint">${t('No tags')}</p>`
        : html`<ul class="tags" aria-label=${t('Tags')}>
            ${tags.map((tag) => html`<li>${drawTag(view, tag)}</li>`)}
          </ul>`
    }
    ${drawPencil(view, 'tags', t('Edit tags'))}
  </div>`;
}

/** A tag leads to all patterns that have it. */
function drawTag({ browser }: View, tag: string): TemplateResult {
  return html`<button
    type="button"
    class="chip"
    title=${t('Show patterns with this tag')}
    @click=${() => {
      browser.lookFor({ tag: { any: [tag] } });
    }}
  >
    <span class="chip-text">${tag}</span>
  </button>`;
}

/** Lower case as extraction writes them, each once. */
function parseTags(text: string): readonly string[] {
  const tags = text.split(',').map((tag) => tag.trim().toLowerCase());
  return [...new Set(tags.filter((tag) => tag !== ''))];
}

function drawPencil({ browser }: View, field: EditableField, label: string): TemplateResult {
  return html`<button
    type="button"
    class="icon-button pencil"
    id="edit-${field}"
    aria-label=${label}
    title=${label}
    @click=${() => {
      browser.edit(field);
    }}
  >
    ${drawIcon('edit')}
  </button>`;
}

interface Editing {
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onBlur: (event: Event) => void;
}

/**
 * Leaving saves what was typed, unless it was Escape that left or nothing is different. Keys that
 * compose a word, as one writes Japanese, leave nothing.
 */
function createEditing(
  { browser }: View,
  before: string,
  toChange: (text: string) => Parameters<View['browser']['save']>[0],
): Editing {
  return {
    onKeyDown: (event) => {
      if (event.isComposing) return;
      const editor = event.target as HTMLInputElement;
      if (event.key === 'Escape') editor.value = before;
      if (event.key !== 'Escape' && (event.key !== 'Enter' || event.shiftKey)) return;
      event.preventDefault();
      editor.blur();
    },
    onBlur: (event) => {
      const text = (event.target as HTMLInputElement).value.trim();
      if (text === before.trim()) browser.edit(undefined);
      else browser.save(toChange(text));
    },
  };
}
