import assert from 'node:assert/strict';
import { getL10nPseudoLocalized } from '@vscode/l10n-dev';
import { readSources, readTexts } from '../../scripts/l10n/sources.ts';
import { type Bundle, findTexts, toBundle } from '../../scripts/l10n/texts.ts';
import { MANIFEST, readJson, ROOT, textsOf } from '../support/manifest.ts';
import { findUntranslated } from '../support/untranslated.ts';

const NLS = readJson('package.nls.json') as Readonly<Record<string, string>>;
const BUNDLE = readJson('l10n/bundle.l10n.json') as Bundle;

/** Keys of the manifest whose text a person reads, wherever they stand. */
const READ_KEYS = new Set([
  'altText',
  'category',
  'contextualTitle',
  'description',
  'displayName',
  'enumItemLabels',
  'label',
  'markdownDescription',
  'markdownEnumDescriptions',
  'name',
  'title',
]);

describe('the texts', () => {
  it('of the manifest all come from package.nls.json, which holds no other', () => {
    const read = textsOf(MANIFEST).filter(({ at }) => isRead(at));
    const literal = read.filter(({ text }) => !/^%[^%]+%$/.test(text));
    assert.deepEqual(literal, []);
    const used = new Set(read.map(({ text }) => text.slice(1, -1)));
    assert.deepEqual([...used].sort(), Object.keys(NLS).sort());
    assert.deepEqual(
      Object.entries(NLS).filter(([, text]) => text.trim() === ''),
      [],
    );
  });

  it('of the extension and the pattern browser are those of the bundle (npm run l10n)', () => {
    const { texts, faults } = readTexts(ROOT);
    assert.deepEqual(faults, []);
    const wanted = toBundle(texts);
    const keys = [wanted, BUNDLE].map((bundle) => new Set(Object.keys(bundle)));
    const [missing, idle] = [keys, keys.toReversed()].map(([these, those]) =>
      [...(these ?? [])].filter((key) => those?.has(key) !== true),
    );
    assert.deepEqual({ missing, idle }, { missing: [], idle: [] });
    assert.deepEqual(BUNDLE, wanted);
  });

  it('are never written past the bundle', () => {
    const untranslated = readSources(ROOT).flatMap(({ path, text }) =>
      findUntranslated(path, text),
    );
    assert.deepEqual(untranslated, []);
  });

  it('are all strange in the pseudo-locale, with their placeholders and links untouched', () => {
    for (const bundle of [NLS, BUNDLE]) {
      const pseudo = getL10nPseudoLocalized({ ...bundle });
      assert.deepEqual(Object.keys(pseudo), Object.keys(bundle));
      for (const [key, text] of Object.entries(bundle)) {
        const [before, after] = [text, pseudo[key] ?? ''].map(messageOf);
        assert.deepEqual(fixedParts(after ?? ''), fixedParts(before ?? ''), key);
        if (/\p{L}/u.test(withoutFixedParts(before ?? ''))) assert.notEqual(after, before, key);
      }
    }
  });
});

describe('finding texts', () => {
  it('reads every way to name one, with what translators are told', () => {
    const { texts, faults } = findTexts(
      'a.ts',
      `import { t } from '@vscode/l10n';
       l10n.t('one {0}', 1); vscode.l10n.t(\`two\`); t(yes ? 'three' : ('four'));
       l10n.t({ message: 'five', args: [], comment: ['a verb', ' of one'] });
       other.t('no'); l10n.t(name); t(yes ? 'six' : name);`,
    );
    assert.deepEqual(toBundle(texts), {
      'five/a verb of one': { message: 'five', comment: ['a verb', ' of one'] },
      four: 'four',
      'one {0}': 'one {0}',
      three: 'three',
      two: 'two',
    });
    assert.deepEqual(faults, ['a.ts:4', 'a.ts:4']);
  });

  it('leaves a t of somebody else alone', () => {
    assert.deepEqual(findTexts('a.ts', `import { t } from './tests.ts'; t('no');`).texts, []);
  });

  it('notices texts that are written past the bundle', () => {
    const found = findUntranslated(
      'a.ts',
      `window.showErrorMessage('Failed', l10n.t('Retry'));
       item.text = \`$(sync~spin) \${count}\`; item.tooltip = yes ? 'Click' : '';
       pick({ title: l10n.t('Title'), label: '$(add)', detail: \`\${count} hits\` });
       html\`<b title="Bold" class="c">\${t('x')}</b><p>Plain \${y}</p>\`;`,
    );
    assert.deepEqual(found, [
      'a.ts:1: Failed',
      'a.ts:2: Click',
      'a.ts:3: hits',
      'a.ts:4: Bold',
      'a.ts:4: Plain \u{fffc}',
    ]);
  });
});

function isRead(at: readonly string[]): boolean {
  if (at.length === 1) return ['displayName', 'description'].includes(at[0] ?? '');
  if (!['contributes', 'capabilities'].includes(at[0] ?? '')) return false;
  const isElement = /^\d+$/.test(at.at(-1) ?? '');
  return READ_KEYS.has((isElement ? at.at(-2) : at.at(-1)) ?? '');
}

function messageOf(text: Bundle[string]): string {
  return typeof text === 'string' ? text : text.message;
}

/** Placeholders, icons and addresses of links. */
const FIXED = /\{\d+\}|\$\([a-z~-]+\)|\]\([^)]*\)/g;

function fixedParts(text: string): readonly string[] {
  return text.match(FIXED) ?? [];
}

function withoutFixedParts(text: string): string {
  return text.replaceAll(FIXED, '');
}
