import { FileSystemError, l10n, Uri, window, workspace, type QuickPickItem } from 'vscode';
import { AppError } from '../../core/model/errors.ts';
import { newGuide, withGuideSection } from '../../core/platform/text/guideSection.ts';
import { utf8Text } from '../../core/platform/text/utf8Text.ts';
import { localized } from '../../core/model/localizedText.ts';
import { showInformation } from '../messages.ts';
import { currentFolder } from '../searchSettings.ts';
import type { Shell } from '../shell.ts';

interface GuideItem extends QuickPickItem {
  /** Below the folder. */
  readonly path: readonly string[];
}

/** Puts the best patterns of a project into a file that agents read; its other text stays. */
export async function exportGuide({ connection: { engine } }: Shell): Promise<void> {
  const folder = currentFolder();
  if (folder === undefined) return;
  const items: readonly GuideItem[] = [
    toItem(['AGENTS.md'], l10n.t('Read by most agents at once')),
    toItem(
      ['.github', 'skills', 'project-patterns', 'SKILL.md'],
      l10n.t('A skill, which agents read when they write code here'),
    ),
  ];
  const item = await window.showQuickPick(items, { title: l10n.t('Export Best Patterns') });
  if (item === undefined) return;
  const { section, patterns, tokens } = await engine.prompts.guide({ folder: folder.fsPath });
  if (patterns.length === 0) {
    void showInformation(
      l10n.t('Nothing is known about this project yet. Extract its patterns first.'),
    );
    return;
  }
  const file = Uri.joinPath(folder, ...item.path);
  const before = (await read(file, item.label)) ?? newGuide(item.label);
  const after = withGuideSection(before, section);
  if (after === undefined) {
    throw new AppError(
      'bad-argument',
      localized`${item.label} lacks the mark that ends the former section`,
    );
  }
  await workspace.fs.writeFile(file, new TextEncoder().encode(after));
  await window.showTextDocument(file);
  void showInformation(
    l10n.t('Patterns in {0}: {1}, tokens: {2}', item.label, patterns.length, tokens),
  );
}

/** A file is called what it is called in every language. */
function toItem(path: readonly string[], detail: string): GuideItem {
  return { path, detail, label: path.at(-1) ?? '' };
}

/** @throws AppError `bad-argument` for what is there and cannot be read, or is no UTF-8 text */
async function read(file: Uri, name: string): Promise<string | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await workspace.fs.readFile(file);
  } catch (error) {
    if (error instanceof FileSystemError && error.code === 'FileNotFound') return undefined;
    throw new AppError('bad-argument', localized`${name} cannot be read: ${String(error)}`);
  }
  const text = utf8Text(bytes);
  if (text !== undefined) return text;
  throw new AppError(
    'bad-argument',
    localized`${name} is no UTF-8 text; save it in that encoding first`,
  );
}
