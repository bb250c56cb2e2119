import type { CreditedDeed, RecordedError } from '../../model/experience/recorded.ts';
import type { RecordedText } from '../../model/event.ts';
import { fingerprintOf } from '../../model/fingerprint.ts';
import { maskLine } from '../errors/mask.ts';
import { firstLine } from './deeds.ts';

/** What to do when something is met; each of its claims names a step of the session it is from. */
export interface Strategy {
  readonly situation: string;
  /** In order. */
  readonly suggestion: readonly string[];
  /** What differs from one time to the next: paths, names, numbers. */
  readonly parameters: readonly string[];
  readonly steps: readonly number[];
}

/**
 * A strategy by the steps that got credit: what was met is the last error before them that was got
 * over, else the task.
 */
export function strategyOf(
  task: string,
  deeds: readonly CreditedDeed[],
  errors: readonly RecordedError[],
): Strategy | undefined {
  const last = deeds.at(-1)?.step ?? -1;
  const error = errors.findLast(({ step, mended }) => step < last && mended !== null);
  const situation = error?.line ?? firstLine(task);
  if (situation === '' || deeds.length === 0) return undefined;
  const after = error === undefined ? deeds : deeds.filter(({ step }) => step > error.step);
  const suggestion = after.map(({ what }) => what);
  if (suggestion.length === 0) return undefined;
  return {
    situation,
    suggestion,
    parameters: parametersOf([situation, ...suggestion]),
    steps: [...(error === undefined ? [] : [error.step]), ...after.map(({ step }) => step)],
  };
}

/** The kinds of what is masked, in order of appearance, each once. */
export function parametersOf(lines: readonly string[]): readonly string[] {
  const found = lines.flatMap((line) => maskLine(line).match(/<(?:text|path|n)>/g) ?? []);
  return [...new Set(found)].map((mask) => mask.slice(1, -1));
}

/** What is compared: the strategy without paths, names and numbers. */
export function templateOf({ situation, suggestion }: Strategy): string {
  return [situation, ...suggestion].map(maskLine).join('\n');
}

/** A strategy as a pattern of the library. */
export function strategyText(strategy: Strategy): RecordedText {
  const { situation, suggestion, parameters } = strategy;
  const template = templateOf(strategy);
  const fingerprint = fingerprintOf('', 'strategy', template);
  const steps = suggestion.map((deed, at) => `${at + 1}. ${deed}`);
  const code = [`When: ${situation}`, 'Do:', ...steps].join('\n');
  return {
    ...{ id: fingerprint.slice(0, 16), kind: 'strategy', language: null, framework: null },
    ...{
      name: firstLine(situation).slice(0, 80),
      description: `What helped with: ${situation}`,
      tags: ['strategy'],
      code,
    },
    signature: parameters.length === 0 ? null : `(${parameters.join(', ')})`,
    ...{ complexity: 1 + suggestion.length, lines: code.split('\n').length, fingerprint, template },
  };
}
