import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { DEFAULT_CONFIG } from '../../../../src/core/model/config.ts';
import { AppError } from '../../../../src/core/model/errors.ts';
import { type LoadedConfig, loadConfig } from '../../../../src/core/sources/config/config.ts';
import { createTemporaryFolder } from '../../../support/temporaryFolder.ts';

const FILE = '.pattern-foundry.yaml';

describe('configuration', () => {
  const folder = createTemporaryFolder();
  after(() => {
    folder.remove();
  });
  const load = (text: string): LoadedConfig => {
    folder.write({ [FILE]: text });
    return loadConfig(folder.path);
  };
  const complaint = (text: string): string => {
    try {
      load(text);
    } catch (error) {
      if (error instanceof AppError && error.code === 'bad-config') return error.message;
      throw error;
    }
    return 'none';
  };

  it('is wrong at the line of the first mistake', () => {
    const placeOf = (text: string): unknown => {
      try {
        load(text);
      } catch (error) {
        if (error instanceof AppError) return error.place;
        throw error;
      }
      return undefined;
    };
    const at = (line: number): unknown => ({ file: join(folder.path, FILE), line });
    const wrong = 'search:\n  default_limit: 3\n  min_relevance: much\ninjection: 5\n';
    assert.deepEqual(placeOf(wrong), at(3));
    assert.deepEqual(placeOf('\n\nsearch: [\n'), at(4));
    assert.deepEqual(placeOf(`# ${'x'.repeat(2_000_000)}\n`), at(1));
  });

  it('is the default without a file, with an empty one and with empty keys', () => {
    const absent = createTemporaryFolder();
    assert.deepEqual(loadConfig(absent.path), { config: DEFAULT_CONFIG, warnings: [] });
    absent.remove();
    for (const text of [
      '',
      '# nothing\n',
      'extraction:\n',
      'extraction:\n  exclude:\n',
      '\ufeff',
    ]) {
      assert.deepEqual(load(text), { config: DEFAULT_CONFIG, warnings: [] }, JSON.stringify(text));
    }
  });

  it('takes every key of the file, whatever its line ends', () => {
    const text = `extraction:
  min_complexity: 4
  min_lines: 6
  max_similarity: 0.8
  languages: [py, JS, "C#", c++, kotlin]
  frameworks:
    - FastAPI
  exclude:
    - "docs/**"
  tests: false
  history: false
search:
  default_limit: 7
  min_relevance: 0
injection:
  enabled: false
  max_patterns: 0
  min_success_rate: 50
  token_budget: 900
  holdout: 20
learning:
  credit_strategy: simple
  pattern_extractor: text
  min_trajectories: 9
  min_hours_since_last: 2.5
  min_success_rate: 0.5
  test_command: python3 -m pytest -k "a and b"
sessions:
  prices:
    gpt-x: { input: 2, output: 8.5, cache_read: 0.2 }
`;
    const expected = {
      config: {
        extraction: {
          minComplexity: 4,
          minLines: 6,
          maxSimilarity: 0.8,
          languages: ['python', 'javascript', 'csharp', 'cpp', 'kotlin'],
          frameworks: ['fastapi'],
          exclude: ['docs/**'],
          tests: false,
          history: false,
        },
        search: { defaultLimit: 7, minRelevance: 0 },
        injection: {
          enabled: false,
          maxPatterns: 0,
          minSuccessRate: 50,
          tokenBudget: 900,
          holdout: 20,
        },
        learning: {
          creditStrategy: 'simple',
          patternExtractor: 'text',
          minTrajectories: 9,
          minHoursSinceLast: 2.5,
          minSuccessRate: 0.5,
          testCommand: 'python3 -m pytest -k "a and b"',
        },
        sessions: { prices: { 'gpt-x': { input: 2, output: 8.5, cacheRead: 0.2 } } },
      },
      warnings: [],
    };
    assert.deepEqual(load(text), expected);
    assert.deepEqual(load(`\ufeff${text.replaceAll('\n', '\r\n')}`), expected);
  });

  it('takes no test command that needs a shell', () => {
    assert.throws(() => load('learning:\n  test_command: make && rm -rf /\n'), {
      code: 'bad-config',
      message: /learning\.test_command must be a program with arguments/,
    });
  });

  it('is that of the repository where the folder has none of its own', () => {
    const repository = createTemporaryFolder({
      [FILE]: 'search:\n  default_limit: 3\n',
      'packages/a/index.js': '',
      [`packages/b/${FILE}`]: 'search:\n  default_limit: 4\n',
      'packages/c/.git': 'gitdir: elsewhere\n',
      'packages/c/lib/index.js': '',
    });
    const limitOf = (place: string): number =>
      loadConfig(join(repository.path, place)).config.search.defaultLimit;
    const unset = DEFAULT_CONFIG.search.defaultLimit;
    assert.equal(limitOf('packages/a'), unset, 'no repository');
    mkdirSync(join(repository.path, '.git'));
    assert.deepEqual(['.', 'packages/a', 'packages/b', 'packages/c/lib'].map(limitOf), [
      3,
      3,
      4,
      unset,
    ]);
    repository.remove();
  });

  it('is read from a file that ends in .yml too, unless there is one that ends in .yaml', () => {
    const both = createTemporaryFolder({
      '.pattern-foundry.yml': 'search:\n  default_limit: 3\n  colour: red\n',
    });
    const { config, warnings } = loadConfig(both.path);
    assert.equal(config.search.defaultLimit, 3);
    assert.deepEqual(
      warnings.map(({ text }) => text),
      ['.pattern-foundry.yml:3: search.colour is not a setting'],
    );
    both.write({ [FILE]: 'search:\n  default_limit: 4\n' });
    const other = loadConfig(both.path);
    assert.equal(other.config.search.defaultLimit, 4);
    assert.deepEqual(
      other.warnings.map(({ text }) => text),
      ['.pattern-foundry.yml is ignored, because there is a .pattern-foundry.yaml'],
    );
    both.remove();
  });

  it('lets overrides win over the file', () => {
    load('search:\n  default_limit: 7\n  min_relevance: 0.2\n');
    const { config } = loadConfig(folder.path, { flags: { search: { defaultLimit: 9 } } });
    assert.deepEqual(config.search, { defaultLimit: 9, minRelevance: 0.2 });
  });

  it('names key and line of every wrong value', () => {
    assert.equal(
      complaint('# c\nextraction:\n  min_lines: 0\n  max_similarity: high\n'),
      `${FILE}:3: extraction.min_lines must be a whole number of at least 1; ` +
        `${FILE}:4: extraction.max_similarity must be a number from 0 to 1`,
    );
    assert.equal(
      complaint('injection:\n  enabled: "yes"\n'),
      `${FILE}:2: injection.enabled must be true or false`,
    );
    assert.equal(
      complaint('extraction:\n  exclude: docs\n'),
      `${FILE}:2: extraction.exclude must be a list of strings`,
    );
    assert.equal(
      complaint(`extraction:\n  exclude: [a, "${'*a'.repeat(501)}"]\n`),
      `${FILE}:2: extraction.exclude must be a list of globs of at most 1000 characters`,
    );
    for (const price of [
      '2',
      '{ input: 2 }',
      '{ input: 2, output: -1 }',
      '{ in: 1, input: 1, output: 1 }',
    ]) {
      assert.match(
        complaint(`sessions:\n  prices: { gpt-x: ${price} }\n`),
        /:2: sessions\.prices must be models with their prices in dollars for a million tokens/,
      );
    }
    assert.match(
      complaint('extraction:\n  languages: [pyhton]\n'),
      /:2: extraction\.languages must be .* not "pyhton" \(did you mean python\?\)$/,
    );
    assert.equal(complaint('- a\n'), `${FILE}:1: the file must be keys with values`);
    assert.equal(complaint('a\n'), `${FILE}:1: the file must be keys with values`);
    assert.equal(complaint('search: 5\n'), `${FILE}:1: search must be keys with values`);
    assert.match(complaint('search:\n  min_relevance: .nan\n'), /:2: search\.min_relevance/);
  });

  it('warns of keys that mean nothing and guesses what was meant', () => {
    assert.deepEqual(
      load('extraction:\n  min_line: 9\nserach:\n  a: 1\nother: 1\n').warnings.map(
        ({ text }) => text,
      ),
      [
        `${FILE}:2: extraction.min_line is not a setting; did you mean extraction.min_lines?`,
        `${FILE}:3: serach is not a setting; did you mean search?`,
        `${FILE}:5: other is not a setting`,
      ],
    );
    assert.deepEqual(
      load('constructor:\n  a: 1\nextraction:\n  toString: 1\n').warnings.map(({ text }) => text),
      [
        `${FILE}:1: constructor is not a setting`,
        `${FILE}:4: extraction.toString is not a setting`,
      ],
    );
  });

  it('names the line of broken YAML and of a key given twice', () => {
    assert.match(complaint('search:\n  default_limit: [1\n'), new RegExp(`^${FILE}:\\d+: `));
    assert.match(
      complaint('search:\n  default_limit: 1\n  default_limit: 2\n'),
      /:3: map keys must be unique/,
    );
    assert.match(complaint('a: *none\nsearch: *none\n'), /:\d: /);
  });

  it('is not blown up by aliases, size or a folder in its place', () => {
    const bomb = Array.from(
      { length: 9 },
      (_, level) =>
        `  a${level}: &a${level} [${Array(9)
          .fill(level === 0 ? 'x' : `*a${level - 1}`)
          .join(',')}]`,
    );
    assert.match(complaint(`extraction:\n${bomb.join('\n')}\n  exclude: *a8\n`), /aliases/);
    assert.match(complaint(`#${'x'.repeat(300_000)}`), /larger than 256 KB/);
    const odd = createTemporaryFolder();
    mkdirSync(join(odd.path, FILE));
    assert.throws(() => loadConfig(odd.path), { code: 'bad-config' });
    odd.remove();
  });

  it('answers any text with settings or with bad-config', () => {
    const unit = fc.constantFrom(
      'extraction',
      'search',
      ':',
      ' ',
      '\n',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '&a',
      '*a',
      '1',
      '"',
      "'",
      '#',
      '|',
      '\t',
    );
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        complaint(text);
      }),
      { numRuns: 300 },
    );
  });
});
