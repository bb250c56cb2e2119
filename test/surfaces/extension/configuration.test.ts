import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { DEFAULT_CONFIG } from '../../../src/core/model/config.ts';
import {
  toAutoExtraction,
  toLibraryPath,
  toOverrides,
} from '../../../src/extension/configuration.ts';

describe('settings', () => {
  it('reads every key of the configuration', () => {
    const asked: string[] = [];
    toOverrides((key) => {
      asked.push(key);
      return undefined;
    });
    const keys = Object.entries(DEFAULT_CONFIG).flatMap(([section, values]) =>
      Object.keys(values as object).map((key) => `${section}.${key}`),
    );
    assert.deepEqual(asked.sort(), keys.sort());
  });

  it('gives the engine only what was set, and nothing of a wrong type', () => {
    const set: Readonly<Record<string, unknown>> = {
      'extraction.minLines': 8,
      'extraction.minComplexity': '3',
      'extraction.exclude': ['dist/**'],
      'extraction.languages': 'python',
      'search.minRelevance': Number.NaN,
      'injection.enabled': false,
    };
    assert.deepEqual(
      toOverrides((key) => set[key]),
      {
        extraction: { minLines: 8, exclude: ['dist/**'] },
        search: {},
        injection: { enabled: false },
        learning: {},
        sessions: {},
      },
    );
  });

  it('keeps up on save unless something else is asked for', () => {
    assert.deepEqual(
      ['never', 'onSave', 'afterSuccessfulBuild', undefined, 'sometimes'].map(toAutoExtraction),
      ['never', 'onSave', 'afterSuccessfulBuild', 'onSave', 'onSave'],
    );
  });

  it('finds the library from the home of the person', () => {
    const home = resolve('/home/ada');
    assert.equal(toLibraryPath('', home), undefined);
    assert.equal(toLibraryPath('  ', home), undefined);
    assert.equal(toLibraryPath(7, home), undefined);
    assert.equal(toLibraryPath('~', home), home);
    assert.equal(toLibraryPath('~/patterns', home), resolve(home, 'patterns'));
    assert.equal(toLibraryPath('patterns', home), resolve(home, 'patterns'));
    assert.equal(toLibraryPath('/srv/patterns', home), resolve('/srv/patterns'));
    assert.equal(toLibraryPath('~ada', home), resolve(home, '~ada'));
  });
});
