import type { ChangePattern, Pattern } from '../../src/core/model/pattern.ts';

export function isChange(pattern: Pattern): pattern is ChangePattern {
  return pattern.kind === 'fix' || pattern.kind === 'feature';
}
