import assert from 'node:assert/strict';
import { MODEL_USES, NO_MODEL } from '../../src/core/model/ports/chatModel.ts';
import { LANGUAGES } from '../../src/core/model/code.ts';
import { DEFAULT_CONFIG } from '../../src/core/model/config.ts';
import { type Checked, checkSetting, SCHEMA } from '../../src/core/sources/config/configSchema.ts';
import { MANIFEST, MANIFEST_SETTINGS } from '../support/extension/manifest.ts';

/** What is set for VS Code alone, and therefore has no key in `.pattern-foundry.yaml`. */
const OWN = [
  'patternFoundry.extraction.auto',
  'patternFoundry.extraction.offer',
  'patternFoundry.libraryPath',
  'patternFoundry.sessions.record',
  'patternFoundry.suggestions.enabled',
  'patternFoundry.suggestions.minChance',
  'patternFoundry.suggestions.similar',
  'patternFoundry.suggestions.completions',
  'patternFoundry.learning.errorHints',
  'patternFoundry.model.door',
  'patternFoundry.model.address',
  'patternFoundry.model.name',
  'patternFoundry.model.uses',
  'patternFoundry.model.maxTokens',
  'patternFoundry.model.maxUsd',
];

const SHARED = Object.entries(SCHEMA).flatMap(([section, keys]) =>
  Object.values(keys).map((key) => ({ ...key, setting: `patternFoundry.${section}.${key.name}` })),
);

describe('the settings of the manifest', () => {
  it('are those of .pattern-foundry.yaml and what is of VS Code alone', () => {
    assert.deepEqual(
      Object.keys(MANIFEST_SETTINGS).sort(),
      [...SHARED.map(({ setting }) => setting), ...OWN].sort(),
    );
  });

  it('have the defaults of the command line', () => {
    const defaults = Object.entries(DEFAULT_CONFIG).flatMap(([section, values]) =>
      Object.entries(values as object).map(([name, value]) => [
        `patternFoundry.${section}.${name}`,
        value as unknown,
      ]),
    );
    const shared = SHARED.map(({ setting }) => [setting, MANIFEST_SETTINGS[setting]?.default]);
    assert.deepEqual(Object.fromEntries(shared), Object.fromEntries(defaults));
  });

  it('accept what .pattern-foundry.yaml accepts and refuse what it refuses', () => {
    for (const { setting, ...known } of SHARED) {
      const check = (value: unknown): Checked => checkSetting(known, value);
      const declared = MANIFEST_SETTINGS[setting];
      assert.ok(declared !== undefined, setting);
      assert.ok('value' in check(declared.default), setting);
      const { minimum, maximum } = declared;
      const isNumber = ['integer', 'number'].includes(declared.type);
      assert.equal(minimum !== undefined, isNumber, setting);
      if (minimum === undefined) continue;
      assert.ok('value' in check(minimum), `${setting} ${minimum}`);
      assert.ok('expected' in check(minimum - 1), `${setting} ${minimum - 1}`);
      const above = (maximum ?? 1e6) + 1;
      assert.equal('expected' in check(above), maximum !== undefined, `${setting} ${above}`);
      assert.equal('expected' in check(minimum + 0.5), declared.type === 'integer', setting);
    }
  });

  it('offer every language', () => {
    assert.deepEqual(
      MANIFEST_SETTINGS['patternFoundry.extraction.languages']?.items?.enum,
      LANGUAGES,
    );
  });

  it('keep up after each save unless told otherwise', () => {
    const auto = MANIFEST_SETTINGS['patternFoundry.extraction.auto'];
    assert.equal(auto?.default, 'onSave');
    assert.deepEqual(auto.enum, ['never', 'onSave', 'afterSuccessfulBuild']);
    assert.equal(auto.enumItemLabels?.length, 3);
    assert.equal(auto.markdownEnumDescriptions?.length, 3);
  });

  it('allow no model to be asked for anything at first', () => {
    const set = Object.entries(NO_MODEL).map(([key]) => [
      key,
      MANIFEST_SETTINGS[`patternFoundry.model.${key}`]?.default,
    ]);
    assert.deepEqual(Object.fromEntries(set), NO_MODEL);
    const { items } = MANIFEST_SETTINGS['patternFoundry.model.uses'] ?? {};
    assert.deepEqual(items?.enum, MODEL_USES);
  });

  it('leave the place of the library to the machine, and extraction to each folder', () => {
    const scopes = Object.entries(MANIFEST_SETTINGS).map(([name, { scope }]) => [
      name.split('.')[1],
      scope,
    ]);
    assert.deepEqual(Object.fromEntries(scopes), {
      extraction: 'resource',
      search: 'window',
      injection: 'window',
      sessions: 'window',
      suggestions: 'language-overridable',
      learning: 'resource',
      libraryPath: 'machine',
      // No folder decides where texts of a person go.
      model: 'application',
    });
  });

  it('are not taken from a workspace nobody trusts', () => {
    const ofWorkspaces = Object.entries(MANIFEST_SETTINGS)
      .filter(([, { scope }]) => scope !== 'machine' && scope !== 'application')
      .map(([name]) => name);
    assert.deepEqual(
      [...MANIFEST.capabilities.untrustedWorkspaces.restrictedConfigurations].sort(),
      ofWorkspaces.sort(),
    );
  });
});
