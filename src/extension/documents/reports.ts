import { commands, EventEmitter, l10n, Uri, workspace } from 'vscode';
import { REPORT_SCHEME } from '../names.ts';

/** A text in Markdown that is made for somebody to read. */
export interface Report {
  /** What its tab is called; signs that no file name takes are left out. */
  readonly title: string;
  /** What it is about, where there are reports of the same title about other things. */
  readonly about?: string;
  readonly text: string;
}

/** Reports that are open or were. */
export interface Reports {
  /** Shows one as a page; the same one, asked for again, says what it says now. */
  show(report: Report): Promise<void>;
  dispose(): void;
}

/** Reports that are remembered; a window that shows an older one cannot draw it anew. */
const MOST_REPORTS = 50;

/** Shows reports as documents that cannot be written, so that nobody is asked to save them. */
export function openReports(): Reports {
  const texts = new Map<string, string>();
  const onDidChange = new EventEmitter<Uri>();
  const provider = workspace.registerTextDocumentContentProvider(REPORT_SCHEME, {
    onDidChange: onDidChange.event,
    provideTextDocumentContent: (uri) =>
      texts.get(uri.toString()) ??
      l10n.t('This report is no longer there. Run its command again to see it.'),
  });

  function remember(uri: Uri, text: string): void {
    const key = uri.toString();
    texts.delete(key);
    texts.set(key, text);
    const [oldest] = texts.keys();
    if (texts.size > MOST_REPORTS && oldest !== undefined) texts.delete(oldest);
  }

  return {
    async show({ title, about = '', text }) {
      const path = `/${asFileName(title)}.md`;
      const uri = Uri.from({ scheme: REPORT_SCHEME, path, query: about });
      remember(uri, text);
      onDidChange.fire(uri);
      await workspace.openTextDocument(uri);
      await commands.executeCommand('markdown.showPreview', uri);
    },
    dispose() {
      provider.dispose();
      onDidChange.dispose();
    },
  };
}

/** Words stay words, in any language. */
function asFileName(title: string): string {
  const words = title.replace(/[^\p{L}\p{M}\p{N}\s()_.,’–-]/gu, ' ');
  return words.replace(/\s+/g, ' ').replaceAll(' )', ')').trim();
}
