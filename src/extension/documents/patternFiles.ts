import {
  Disposable,
  EventEmitter,
  FileChangeType,
  FileSystemError,
  FileType,
  l10n,
  workspace,
} from 'vscode';
import type { FileChangeEvent, FileStat, Uri } from 'vscode';
import { coalesce } from '../../core/platform/coalesce.ts';
import { DOCUMENT_SCHEME } from '../names.ts';
import type { Shell } from '../shell.ts';
import { parsePatternQuery, sideOf, sideOfVersion, type PatternPlace } from './patternPath.ts';

/** Changes of the library within this time are one to the open documents. */
const GATHER_MS = 40;

/**
 * Shows patterns as files that cannot be written and that follow the library. Only files have the
 * path above their text, which says where a pattern comes from.
 */
export function registerPatternFiles({ connection }: Pick<Shell, 'connection'>): Disposable {
  const onDidChange = new EventEmitter<FileChangeEvent[]>();
  const refresh = coalesce({ delayMs: GATHER_MS }, () => {
    const open = workspace.textDocuments.filter(({ uri }) => uri.scheme === DOCUMENT_SCHEME);
    onDidChange.fire(open.map(({ uri }) => ({ type: FileChangeType.Changed, uri })));
  });

  async function textAt({ id, side, version }: PatternPlace): Promise<string | undefined> {
    const { patterns } = connection.engine;
    const pattern = await patterns.show(id);
    if (pattern === undefined || version === undefined) return pattern && sideOf(pattern, side);
    const former = (await patterns.versions(id)).find((one) => one.version === version);
    return former && sideOfVersion(former, side);
  }

  async function textOf(uri: Uri): Promise<Uint8Array> {
    const place = parsePatternQuery(uri.query);
    const text = place === undefined ? undefined : await textAt(place);
    return new TextEncoder().encode(text ?? l10n.t('This pattern is no longer in the library.'));
  }

  return Disposable.from(
    onDidChange,
    refresh,
    connection.onDidChangeLibrary(refresh.call),
    workspace.registerFileSystemProvider(
      DOCUMENT_SCHEME,
      {
        onDidChangeFile: onDidChange.event,
        watch: () => new Disposable(() => undefined),
        // The folders of the path are none that could be listed.
        readDirectory: () => [],
        stat: async (uri) => (uri.query === '' ? FOLDER : toStat(await textOf(uri))),
        readFile: textOf,
        writeFile: refuse,
        createDirectory: refuse,
        delete: refuse,
        rename: refuse,
      },
      { isReadonly: true, isCaseSensitive: true },
    ),
  );
}

const FOLDER: FileStat = { type: FileType.Directory, ctime: 0, mtime: 0, size: 0 };

/** VS Code reads a file again when its time or size is another one: the time stands for the text. */
function toStat(text: Uint8Array): FileStat {
  const mtime = text.reduce((hash, byte) => (Math.imul(hash, 31) + byte) >>> 0, 1);
  return { type: FileType.File, ctime: 0, mtime, size: text.length };
}

function refuse(uri: Uri): never {
  throw FileSystemError.NoPermissions(uri);
}
