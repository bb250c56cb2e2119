import { commands, l10n, Uri, window } from 'vscode';
import type { TextDocumentShowOptions } from 'vscode';
import type { ChangePattern, Pattern, PatternId } from '../../core/model/pattern.ts';
import { DOCUMENT_SCHEME } from '../names.ts';
import { parsePatternQuery, toPatternPlace, type Documented, type Side } from './patternPath.ts';

/** The document of a pattern's code, or of one side of its change. */
export function toPatternUri(pattern: Documented, side: Side, version?: string): Uri {
  return Uri.from({ scheme: DOCUMENT_SCHEME, ...toPatternPlace(pattern, side, version) });
}

/** The pattern that a document shows; `undefined` for the documents of others. */
export function patternOf({ scheme, query }: Uri): PatternId | undefined {
  return scheme === DOCUMENT_SCHEME ? parsePatternQuery(query)?.id : undefined;
}

/** Opens a pattern read-only: its code, or what its change did. */
export async function openPattern(
  pattern: Pattern,
  options: TextDocumentShowOptions,
): Promise<void> {
  if ('code' in pattern) {
    await window.showTextDocument(toPatternUri(pattern, 'code'), options);
  } else if (pattern.before === '') {
    await window.showTextDocument(toPatternUri(pattern, 'after'), options);
  } else {
    await commands.executeCommand(
      'vscode.diff',
      toPatternUri(pattern, 'before'),
      toPatternUri(pattern, 'after'),
      toDiffTitle(pattern),
      options,
    );
  }
}

/** Opens what a pattern was beside what it is, read-only. */
export async function openVersion(pattern: Pattern, version: string): Promise<void> {
  const side = 'code' in pattern ? 'code' : 'after';
  await commands.executeCommand(
    'vscode.diff',
    toPatternUri(pattern, side, version),
    toPatternUri(pattern, side),
    l10n.t('{0}: version {1} ↔ now', pattern.name, version),
  );
}

/** A diff has no line of its own that says where it is from. */
function toDiffTitle({ name, provenance: { path, commit } }: ChangePattern): string {
  const origin = [path, commit?.slice(0, 8)].filter((part) => typeof part === 'string');
  const title = l10n.t('{0}: before ↔ after', name);
  return origin.length === 0 ? title : `${title} (${origin.join(', ')})`;
}
