import assert from 'node:assert/strict';
import { getL10nPseudoLocalized } from '@vscode/l10n-dev';
import { readSurfaces, readTexts } from '../../scripts/l10n/sources.ts';
import { type Bundle, findTexts, toBundle } from '../../scripts/l10n/texts.ts';
import { AppError } from '../../src/core/model/errors.ts';
import { type LocalizedText, localized, translated } from '../../src/core/model/localizedText.ts';
import { parseConfig } from '../../src/core/sources/config/configFile.ts';
import { MANIFEST, readJson, ROOT, textsOf } from '../support/extension/manifest.ts';
import { parseImport } from '../support/parseImport.ts';
import { findUntranslated } from '../support/extension/untranslated.ts';

const NLS = readJson('package.nls.json') as Readonly<Record<string, string>>;
const BUNDLE = readJson('l10n/bundle.l10n.json') as Bundle;

/** Keys of the manifest whose text a person reads, wherever they stand. */
const READ_KEYS = new Set([
  'altText',
  'category',
  'contextualTitle',
  'description',
  'userDescription',
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

  it('of the core, the extension and the pattern browser are those of the bundle (npm run l10n)', () => {
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
    const untranslated = readSurfaces(ROOT).flatMap(({ path, text }) =>
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

describe('what the core tells', () => {
  const errors: readonly (readonly [string, () => unknown])[] = [
    [
      'a setting that is wrong',
      () => parseConfig('search:\n  default_limit: none\n', '.pattern-foundry.yaml'),
    ],
    [
      'several',
      () => parseConfig('search: 5\nextraction:\n  languages: [pyhton]\n', '.pattern-foundry.yaml'),
    ],
    ['a file that is no map', () => parseConfig('- a\n', '.pattern-foundry.yaml')],
    [
      'a pattern that is not there',
      () => {
        throw new AppError('pattern-not-found', localized`there is no pattern ${'ab12'}`);
      },
    ],
  ];
  for (const [name, fail] of errors) {
    it(`is strange in the pseudo-locale down to its last part: ${name}`, () => {
      assert.throws(fail, (error) => {
        assert.ok(error instanceof AppError);
        assertStrange(error.localizedMessage);
        return true;
      });
    });
  }

  it('is strange of settings that mean nothing and of lines that cannot be read', () => {
    const { warnings } = parseConfig('serach:\n  a: 1\nother: 1\n', '.pattern-foundry.yaml');
    const { bad } = parseImport('{oops\n[1]\n{}\n{"problem_type":"x","before_code":""}');
    assert.deepEqual([warnings.length, bad.length], [2, 4]);
    for (const text of [...warnings, ...bad.map(({ reason }) => reason)]) assertStrange(text);
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

  it('leaves a t or a localized of somebody else alone', () => {
    assert.deepEqual(findTexts('a.ts', `import { t } from './tests.ts'; t('no');`).texts, []);
    const { texts, faults } = findTexts('a.ts', 'localized`no`; localized(`no`);');
    assert.deepEqual([texts, faults], [[], []]);
  });

  it('reads the template of what is localized, with places for its values', () => {
    const { texts, faults } = findTexts(
      'a.ts',
      `import { localized, verbatim } from '../model/localizedText.ts';
       localized\`no \${a} in \${localized\`the \${b} file\`}\`; verbatim(message); verbatim(\`\${at}: \${said}\`);`,
    );
    assert.deepEqual(Object.keys(toBundle(texts)), ['no {0} in {1}', 'the {0} file']);
    assert.deepEqual(faults, []);
  });

  it('notices what is localized past the bundle', () => {
    const { texts, faults } = findTexts(
      'a.ts',
      `import { localized, verbatim } from '../model/localizedText.ts';
       localized\`\${message}\`;
       localized(parts, 1);
       verbatim('no such file');
       verbatim(\`no \${name}\`);`,
    );
    assert.deepEqual([texts, faults], [[], ['a.ts:2', 'a.ts:3', 'a.ts:4', 'a.ts:5']]);
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

const PSEUDO = getL10nPseudoLocalized({ ...BUNDLE });

/** No English but names and the like. */
function assertStrange(message: LocalizedText): void {
  const shown = translated(message, (template, ...values) =>
    messageOf(PSEUDO[template] ?? template).replaceAll(/\{(\d+)\}/g, (_, place) =>
      String(values[Number(place)]),
    ),
  );
  const rest = namesIn(message).reduce((text, name) => text.replaceAll(name, ''), shown);
  assert.notEqual(shown, message.text);
  assert.doesNotMatch(rest, /[A-Za-z]{3}/, shown);
}

/** Values that no language changes, the longest first. */
function namesIn({ values }: LocalizedText): readonly string[] {
  return values
    .flatMap((value) => (typeof value === 'object' ? namesIn(value) : String(value)))
    .sort((a, b) => b.length - a.length);
}

function isRead(at: readonly string[]): boolean {
  if (at.length === 1) return ['displayName', 'description'].includes(at[0] ?? '');
  if (!['contributes', 'capabilities'].includes(at[0] ?? '')) return false;
  if (isForModels(at)) return false;
  const isElement = /^\d+$/.test(at.at(-1) ?? '');
  return READ_KEYS.has((isElement ? at.at(-2) : at.at(-1)) ?? '');
}

/** What language models read, and names that are typed in the chat. */
function isForModels(at: readonly string[]): boolean {
  const isNamed = at[1] === 'chatParticipants' || at[1] === 'languageModelTools';
  return isNamed && (at.at(-1) === 'name' || FOR_MODELS.some((key) => at.includes(key)));
}

const FOR_MODELS = ['disambiguation', 'inputSchema'];

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
