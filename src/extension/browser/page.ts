/** What the page of the browser is made of; addresses as the webview may load them. */
export interface PageParts {
  readonly cspSource: string;
  readonly script: string;
  readonly styles: string;
  /** Language tag of the texts. */
  readonly language: string;
  readonly title: string;
  /** Texts of the language by their English; empty for English. */
  readonly texts: Readonly<Record<string, string>>;
}

/** The page of the pattern browser. Nothing of it is inline, so that nothing inline has to run. */
export function toPage(parts: PageParts): string {
  const { cspSource } = parts;
  const policy = [
    `default-src 'none'`,
    `script-src ${cspSource}`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource}`,
    // Neither falls back to the default.
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${attribute(parts.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>${attribute(parts.title)}</title>
<link rel="stylesheet" href="${attribute(parts.styles)}" id="vscode-codicon-stylesheet">
</head>
<body>
<div id="app" data-l10n="${attribute(JSON.stringify(parts.texts))}"></div>
<script src="${attribute(parts.script)}"></script>
</body>
</html>
`;
}

/** Safe in text and within double quotes. */
function attribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
