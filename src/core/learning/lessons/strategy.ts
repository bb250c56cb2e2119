import type { RecordedText } from '../../model/event.ts';
import { fingerprintOf } from '../../model/fingerprint.ts';
import { maskLine } from '../errors/mask.ts';
import { deedForm } from './deedWords.ts';

/** What to do when something is met; each of its claims names a step of the session it is from. */
export interface Strategy {
  readonly situation: string;
  /** In order. */
  readonly suggestion: readonly string[];
  /** What differs from one time to the next. */
  readonly parameters: readonly string[];
  readonly steps: readonly number[];
}

/** The tag of strategies that several sessions have in common. */
export const PROCEDURE = 'procedure';

/** What the text of a strategy says; `undefined` where a person wrote it anew in another form. */
export function readStrategy(text: string): Pick<Strategy, 'situation' | 'suggestion'> | undefined {
  const [when = '', , ...steps] = text.split('\n');
  if (!when.startsWith(WHEN)) return undefined;
  const suggestion = steps.map((step) => step.replace(/^\d{1,3}\. /, ''));
  return { situation: when.slice(WHEN.length), suggestion };
}

const WHEN = 'When: ';

/** The names in angle brackets that lines have for what differs, each once. */
export function parametersOf(lines: readonly string[]): readonly string[] {
  const found = lines.flatMap((line) => line.match(/<[a-z][a-z\d ]{0,20}>/g) ?? []);
  return [...new Set(found)].map((mask) => mask.slice(1, -1));
}

/** What is compared: the strategy without paths, names and numbers. */
export function templateOf({
  situation,
  suggestion,
}: Pick<Strategy, 'situation' | 'suggestion'>): string {
  return [maskLine(situation), ...suggestion.map(deedForm)].join('\n');
}

const LONGEST_NAME = 100;

/** A strategy as a pattern of the library; its name says what is done, and then when. */
export function strategyText(
  strategy: Omit<Strategy, 'steps'>,
  {
    tags = [],
    description,
    template = templateOf(strategy),
  }: {
    readonly tags?: readonly string[];
    readonly description?: string;
    /** What tells it from others, where that is not its words without paths, names and numbers. */
    readonly template?: string;
  } = {},
): RecordedText {
  const { situation, suggestion, parameters } = strategy;
  const fingerprint = fingerprintOf('', 'strategy', template);
  const steps = suggestion.map((deed, at) => `${at + 1}. ${deed}`);
  const code = [`${WHEN}${situation}`, 'Do:', ...steps].join('\n');
  const name = `${suggestion.join(', ')} (${situation})`.replaceAll('`', '');
  return {
    ...{ id: fingerprint.slice(0, 16), kind: 'strategy', language: null, framework: null },
    name: name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name,
    description: description ?? `What helped with: ${situation}`,
    ...{ tags: ['strategy', ...tags], code },
    signature: parameters.length === 0 ? null : `(${parameters.join(', ')})`,
    ...{ complexity: 1 + suggestion.length, lines: code.split('\n').length, fingerprint, template },
  };
}
