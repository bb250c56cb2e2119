import type { PatternKind } from '../core/model/pattern.ts';

/** Codicon of each kind, the same wherever patterns are listed. */
export const KIND_ICONS: Readonly<Record<PatternKind, string>> = {
  function: 'symbol-method',
  class: 'symbol-class',
  test: 'beaker',
  idiom: 'symbol-snippet',
  fix: 'wrench',
  feature: 'sparkle',
  strategy: 'lightbulb',
  error: 'error',
};
