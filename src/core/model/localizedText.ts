/** What stands in a place of a template: a name, a number, or another such text. */
export type LocalizedValue = string | number | LocalizedText;

/**
 * A sentence for people: as it reads in English, and what a translation of it is made of. It is
 * plain, so that it crosses processes.
 */
export interface LocalizedText {
  /** English, as the command line and the log say it. */
  readonly text: string;
  /** The text with `{0}`, `{1}`… in place of the values: the key of its translations. */
  readonly template: string;
  readonly values: readonly LocalizedValue[];
}

/**
 * Makes a text that can be translated: localized`there is no pattern ${id}`. `npm run l10n` collects
 * the templates.
 */
export function localized(
  parts: TemplateStringsArray,
  ...values: readonly LocalizedValue[]
): LocalizedText {
  return {
    text: fill(parts, values.map(englishOf)),
    template: fill(parts, values.map(placeOf)),
    values,
  };
}

/** What another program said, which is shown in its own words. */
export function verbatim(text: string): LocalizedText {
  return { text, template: placeOf(text, 0), values: [text] };
}

/** One after another, with the separator between. */
export function joined(all: readonly LocalizedText[], separator: string): LocalizedText {
  return {
    text: all.map(englishOf).join(separator),
    template: all.map(placeOf).join(separator),
    values: all,
  };
}

/**
 * The same in another language.
 *
 * @param translate gives a template in that language, with its places filled
 */
export function translated(
  { template, values }: LocalizedText,
  translate: (template: string, ...values: (string | number)[]) => string,
): string {
  const inOtherLanguage = values.map((value) =>
    typeof value === 'object' ? translated(value, translate) : value,
  );
  return translate(template, ...inOtherLanguage);
}

function englishOf(value: LocalizedValue): string {
  return typeof value === 'object' ? value.text : String(value);
}

function placeOf(_value: LocalizedValue, index: number): string {
  return `{${index}}`;
}

function fill(parts: readonly string[], filling: readonly string[]): string {
  return parts.map((part, index) => `${part}${filling[index] ?? ''}`).join('');
}
