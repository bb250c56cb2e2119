/** `npm run l10n`: writes the texts of the extension and the pattern browser for translators. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readTexts } from './sources.ts';
import { toBundle } from './texts.ts';

const root = resolve(import.meta.dirname, '../..');
const { texts, faults } = readTexts(root);
const bundle = toBundle(texts);
mkdirSync(join(root, 'l10n'), { recursive: true });
writeFileSync(join(root, 'l10n/bundle.l10n.json'), `${JSON.stringify(bundle, null, 2)}\n`);
console.log(`${Object.keys(bundle).length} texts in l10n/bundle.l10n.json`);
for (const fault of faults) console.error(`${fault}: the text cannot be translated`);
process.exitCode = faults.length === 0 ? 0 : 1;
