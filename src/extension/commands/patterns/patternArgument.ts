import { Uri } from 'vscode';
import type { PatternId } from '../../../core/model/pattern.ts';
import { patternOf } from '../../documents/patternDocuments.ts';
import { patternInFront } from '../../documents/patternTabs.ts';

/** The pattern an argument of a command names, by its id or by something that has one. */
export function idOf(argument: unknown): PatternId | undefined {
  if (typeof argument === 'string') return argument;
  const hasId = typeof argument === 'object' && argument !== null && 'id' in argument;
  return hasId && typeof argument.id === 'string' ? argument.id : undefined;
}

/** The pattern that an argument names or shows, or else the one in front. */
export function shownPattern(argument: unknown): PatternId | undefined {
  if (argument instanceof Uri) return patternOf(argument);
  return idOf(argument) ?? patternInFront();
}
