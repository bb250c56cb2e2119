import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { FORMATS, INNER } from '../../src/core/secrets/vendors.ts';
import { readTokenPattern } from './tokenPattern.ts';

/**
 * `npm run secret-formats -- gitleaks.toml` makes `src/core/secrets/gitleaksFormats.ts` of gitleaks'
 * list: the forms of tokens that our own list does not know, and the vendors whose keys have no form.
 */

interface Rule {
  readonly id: string;
  readonly regex?: string;
  readonly entropy?: number;
  readonly keywords?: readonly string[];
}

/** Rules for what other parts of the gate find by its meaning, or whose form is that of anything. */
const LEFT_OUT =
  /^(?:generic-api-key|jwt|private-key|curl-auth|kubernetes-|nuget-config|sidekiq-|freemius-|facebook-access|slack-webhook|microsoft-teams|sourcegraph-|vault-service|flutterwave-public|pkcs12-|square-|aws-amazon-bedrock-api-key-short)/;

/** A name beside the value, as most rules begin. */
const BY_NAME = /^(?:\(\?i\))?\[\\w\.-\]\{0,50\}\?/;

/** Vendors whose names are ordinary words. */
const WORDS =
  /^(?:access|beamer|confluence|dnkey|intra|kraken|linear|lob|looker|meta|nrak|password|plaid|segment|sky|square|sumo|telegr|xray|zoom)$/;

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('name the gitleaks.toml to read');
const { rules } = parse(readFileSync(path, 'utf8')) as unknown as { rules: readonly Rule[] };

const vendors = new Set<string>();
const formats: object[] = [];
for (const { id, regex = '', entropy = 0, keywords = [] } of rules) {
  if (LEFT_OUT.test(id)) continue;
  if (BY_NAME.test(regex)) {
    for (const word of keywords) {
      if (/^[a-z]{4,}$/.test(word) && !WORDS.test(word)) vendors.add(word);
    }
    continue;
  }
  const read = readTokenPattern(regex);
  if (read === undefined || isKnown(read.sample)) continue;
  formats.push({ type: id, pattern: read.pattern, entropyBits: entropy, keywords });
}
const source = `import type { NamedFormat } from './vendors.ts';

/** Made by \`npm run secret-formats\` of gitleaks' list (MIT, see NOTICE); not to be changed by hand. */
export const GITLEAKS_FORMATS: readonly NamedFormat[] = ${JSON.stringify(formats)};

/** Issuers whose keys have no form of their own. */
export const GITLEAKS_VENDORS: readonly string[] = ${JSON.stringify([...vendors].sort())};
`;
const target = join(import.meta.dirname, '../../src/core/secrets/gitleaksFormats.ts');
writeFileSync(target, source);
execFileSync('npx', ['prettier', '--write', target]);
console.log(`${formats.length} formats and ${vendors.size} vendors of ${rules.length} rules`);

function isKnown(token: string): boolean {
  return [...FORMATS, ...INNER].some(({ pattern }) => new RegExp(`^(?:${pattern})`).test(token));
}
