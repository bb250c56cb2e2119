import { getL10nPseudoLocalized } from '@vscode/l10n-dev';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';

/** Microsoft's name of the language in which every letter is strange. */
const LANGUAGE = 'qps-ploc';

/** Translates an installed extension into the pseudo-locale. */
export function translate(extensions: string): void {
  const [name] = readdirSync(extensions).filter((entry) => entry.startsWith('pattern-foundry.'));
  const folder = join(extensions, name ?? '');
  for (const path of ['package.nls.json', 'l10n/bundle.l10n.json']) {
    const texts = JSON.parse(readFileSync(join(folder, path), 'utf8')) as Record<string, string>;
    const translated = JSON.stringify(getL10nPseudoLocalized(texts));
    writeFileSync(join(folder, path.replace(/json$/, `${LANGUAGE}.json`)), translated);
  }
}

/** A text as it reads in the pseudo-locale. */
export function toPseudo(text: string): string {
  const { [text]: pseudo = text } = getL10nPseudoLocalized({ [text]: text });
  return typeof pseudo === 'string' ? pseudo : pseudo.message;
}

/** Makes VS Code itself believe that it speaks the language; its own texts stay English. */
export async function speakPseudoLocale(context: BrowserContext): Promise<void> {
  await context.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = '${LANGUAGE}';`);
}
