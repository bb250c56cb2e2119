import type { TemplateResult } from 'lit';

/**
 * What a template says as markup on one line, without its event handlers. Values are put in as they
 * are: that they are escaped is what Lit does, not what is tested with this.
 */
export function drawnText(value: unknown): string {
  if (Array.isArray(value)) return value.map(drawnText).join('');
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (!isTemplate(value)) return '';
  const { strings, values } = value;
  const text = strings.map((part, index) => part + drawnText(values[index])).join('');
  return text.replace(/\s+/g, ' ').replaceAll('> <', '><').trim();
}

/** What a template does at an event, such as `click`, in the order of its elements. */
export function handlersOf(value: unknown, event: string): readonly ((event: unknown) => void)[] {
  if (Array.isArray(value)) return value.flatMap((one) => handlersOf(one, event));
  if (!isTemplate(value)) return [];
  const { strings, values } = value;
  return values.flatMap((one, index) =>
    strings[index]?.endsWith(`@${event}=`) === true
      ? [one as (event: unknown) => void]
      : handlersOf(one, event),
  );
}

function isTemplate(value: unknown): value is TemplateResult {
  return typeof value === 'object' && value !== null && '_$litType$' in value;
}
