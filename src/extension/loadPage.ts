import { env, l10n, Uri, type Webview } from 'vscode';
import { toPage } from './browser/page.ts';

/** Loads one of the pages that the build put into `dist/webview`. */
export function loadPage(
  webview: Webview,
  extensionUri: Uri,
  { name, title }: { readonly name: 'main' | 'session/main'; readonly title: string },
): void {
  const assets = Uri.joinPath(extensionUri, 'dist', 'webview');
  const address = (file: string): string =>
    webview.asWebviewUri(Uri.joinPath(assets, file)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [assets] };
  webview.html = toPage({
    cspSource: webview.cspSource,
    script: address(`${name}.js`),
    styles: address(`${name}.css`),
    language: env.language,
    title,
    texts: l10n.bundle ?? {},
  });
}
