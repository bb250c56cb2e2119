import {
  commands,
  Disposable,
  EventEmitter,
  l10n,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import type { TextDocumentShowOptions } from 'vscode';
import type { ChangePattern, Pattern } from '../../core/model/pattern.ts';
import { DOCUMENT_SCHEME } from '../names.ts';
import { coalesce } from '../../core/platform/coalesce.ts';
import type { Shell } from '../shell.ts';
import { parsePatternPath, sideOf, toPatternPath, type Side } from './patternPath.ts';

/** Changes of the library within this time are one to the open documents. */
const GATHER_MS = 40;

/** Shows patterns as read-only documents that follow the library. */
export function registerPatternDocuments({ connection }: Shell): Disposable {
  const onDidChange = new EventEmitter<Uri>();
  const refresh = coalesce({ delayMs: GATHER_MS }, () => {
    for (const { uri } of workspace.textDocuments) {
      if (uri.scheme === DOCUMENT_SCHEME) onDidChange.fire(uri);
    }
  });
  return Disposable.from(
    onDidChange,
    refresh,
    connection.onDidChangeLibrary(refresh.call),
    workspace.registerTextDocumentContentProvider(DOCUMENT_SCHEME, {
      onDidChange: onDidChange.event,
      async provideTextDocumentContent(uri) {
        const place = parsePatternPath(uri.path);
        const pattern =
          place === undefined ? undefined : await connection.engine.patterns.show(place.id);
        const text =
          place === undefined || pattern === undefined ? undefined : sideOf(pattern, place.side);
        return text ?? l10n.t('This pattern is no longer in the library.');
      },
    }),
  );
}

/** The document of a pattern's code, or of one side of its change. */
export function toPatternUri(pattern: Pick<Pattern, 'id' | 'language' | 'name'>, side: Side): Uri {
  return Uri.from({ scheme: DOCUMENT_SCHEME, path: toPatternPath(pattern, side) });
}

/** Opens the code of a pattern, or what is after its change, read-only. */
export async function openPatternCode(
  pattern: Pattern,
  options: TextDocumentShowOptions,
): Promise<void> {
  const uri = toPatternUri(pattern, 'code' in pattern ? 'code' : 'after');
  await window.showTextDocument(uri, options);
}

export async function openPatternDiff(pattern: ChangePattern): Promise<void> {
  await commands.executeCommand(
    'vscode.diff',
    toPatternUri(pattern, 'before'),
    toPatternUri(pattern, 'after'),
    l10n.t('{0}: before ↔ after', pattern.name),
    { preview: true, viewColumn: ViewColumn.Active } satisfies TextDocumentShowOptions,
  );
}
