import assert from 'node:assert/strict';
import {
  createChangeHistory,
  type PastChange,
} from '../../../../src/core/resolution/changes/changeHistory.ts';
import { localized } from '../../../../src/core/model/localizedText.ts';
import {
  likelyFiles,
  type FileEvidence,
} from '../../../../src/core/resolution/changes/likelyFiles.ts';

const wordsOf = (text: string): readonly string[] => text.toLowerCase().split(' ');

const CHANGES: readonly PastChange[] = [
  { message: 'Prefer dark theme', paths: ['src/theme.ts', 'src/settings.ts', 'CHANGELOG.md'] },
  { message: 'Settings in a file', paths: ['src/settings.ts', 'src/disk.ts', 'CHANGELOG.md'] },
  { message: 'Settings again', paths: ['src/settings.ts', 'src/disk.ts', 'CHANGELOG.md'] },
  { message: 'Format', paths: Array.from({ length: 100 }, (_, at) => `src/file${at}.ts`) },
  { message: 'Notes', paths: ['CHANGELOG.md'] },
  { message: 'More notes', paths: ['CHANGELOG.md', 'README.md'] },
];

describe('a history of changes', () => {
  const history = createChangeHistory(CHANGES, wordsOf);

  it('tells which files changed together more than once, those that always change last', () => {
    assert.deepEqual(
      history.togetherWith('src/settings.ts').map(({ path, times }) => [path, times]),
      [
        ['src/disk.ts', 2],
        ['CHANGELOG.md', 3],
      ],
    );
    assert.equal(history.togetherWith('src/settings.ts')[0]?.share, 2 / 3);
  });

  it('says nothing of commits that change everything, and of files it does not know', () => {
    assert.deepEqual(history.togetherWith('src/file1.ts'), []);
    assert.deepEqual(history.togetherWith('absent.ts'), []);
  });

  it('knows which files commits about the like changed', () => {
    const scores = history.resembling(['dark', 'theme']);
    assert.deepEqual([...scores.keys()].sort(), [
      'CHANGELOG.md',
      'src/settings.ts',
      'src/theme.ts',
    ]);
    assert.equal(history.resembling(['absent']).size, 0);
    assert.equal(createChangeHistory([], wordsOf).resembling(['dark']).size, 0);
  });
});

describe('files a task is likely to change', () => {
  const WHY = localized`it is about it`;
  const EXISTING = [
    'src/theme.ts',
    'src/settings.ts',
    'src/disk.ts',
    'test/settings.test.ts',
    'test/theme.test.ts',
    'test/fixtures/theme.json',
  ];
  const filesFor = (over: Partial<FileEvidence>): ReturnType<typeof likelyFiles> =>
    likelyFiles(
      {
        located: [],
        similar: [],
        history: createChangeHistory(CHANGES, wordsOf),
        stems: [],
        existing: new Set(EXISTING),
        ...over,
      },
      10,
    );

  it('are those it is about, then those that changed with them, with reasons', () => {
    const files = filesFor({ located: [{ path: 'src/settings.ts', score: 1, why: WHY }] });
    assert.deepEqual(
      files.map(({ path }) => path),
      ['src/settings.ts', 'src/disk.ts'],
    );
    assert.equal(files[0]?.score, 1);
    assert.equal(files[1]?.why[0]?.text, 'it changed together with src/settings.ts 2 times');
  });

  it('are those of like code and of like commits too, but none that is gone or a test', () => {
    const files = filesFor({
      similar: ['test/theme.test.ts', 'src/disk.ts', 'src/gone.ts'],
      stems: ['dark', 'theme'],
    });
    assert.deepEqual(files.map(({ path }) => path).sort(), [
      'src/disk.ts',
      'src/settings.ts',
      'src/theme.ts',
    ]);
  });

  it('come with their tests, by name and by history', () => {
    const history = createChangeHistory(
      [
        { message: 'a', paths: ['src/disk.ts', 'test/settings.test.ts'] },
        { message: 'b', paths: ['src/disk.ts', 'test/settings.test.ts'] },
      ],
      wordsOf,
    );
    const located = ['src/theme.ts', 'src/disk.ts'].map((path, at) => {
      return { path, score: 1 / (at + 1), why: WHY };
    });
    assert.deepEqual(
      filesFor({ located, history }).map(({ path, tests }) => [path, tests]),
      [
        ['src/theme.ts', ['test/theme.test.ts']],
        ['src/disk.ts', ['test/settings.test.ts']],
      ],
    );
  });

  it('find the tests of what a file is a part of, where it has none of its own', () => {
    const located = ['net/sftp_client.py', 'net/sftpServer.ts', 'net/client.py'].map((path) => {
      return { path, score: 1, why: WHY };
    });
    const tests = ['tests/test_sftp.py', 'tests/test_client.py', 'tests/test_client_slow.py'];
    const existing = new Set([...located.map(({ path }) => path), ...tests]);
    assert.deepEqual(
      new Map(filesFor({ located, existing }).map((file) => [file.path, file.tests])),
      new Map([
        ['net/client.py', ['tests/test_client.py']],
        ['net/sftp_client.py', ['tests/test_sftp.py']],
        ['net/sftpServer.ts', ['tests/test_sftp.py']],
      ]),
    );
  });

  it('are no lists of packages that every commit changes, unless they are asked for', () => {
    const history = createChangeHistory(
      [...CHANGES, { message: 'fetch adapter', paths: ['src/disk.ts', 'package.json'] }],
      wordsOf,
    );
    const existing = new Set(['src/disk.ts', 'package.json']);
    const pathsFor = (stems: readonly string[]): readonly string[] =>
      filesFor({ history, existing, stems }).map(({ path }) => path);
    assert.deepEqual(pathsFor(['fetch', 'adapter']), ['src/disk.ts']);
    assert.deepEqual(pathsFor(['fetch', 'packag', 'json']).toSorted(), [
      'package.json',
      'src/disk.ts',
    ]);
  });

  it('are pages, styles, queries and scripts as well as code', () => {
    const written = ['templates/cart.html', 'assets/cart.css', 'db/cart.sql', 'bin/deploy'];
    const located = [...written, 'yarn.lock', 'CHANGELOG.md'].map((path) => {
      return { path, score: 1, why: WHY };
    });
    const existing = new Set(located.map(({ path }) => path));
    const files = filesFor({ located, existing, stems: ['layout', 'basket'] });
    assert.deepEqual(files.map(({ path }) => path).toSorted(), written.toSorted());
  });

  it('are none that nothing but chance speaks for', () => {
    const located = [
      { path: 'src/theme.ts', score: 1, why: WHY },
      { path: 'src/settings.ts', score: 0.1, why: WHY },
      { path: 'src/disk.ts', score: 0.9, why: undefined },
    ];
    const paths = filesFor({ located, history: createChangeHistory([], wordsOf) }).map(
      ({ path }) => path,
    );
    assert.deepEqual(paths, ['src/theme.ts']);
  });

  it('find tests however they are named', () => {
    const pairs = [
      ['shop/cart.py', 'tests/test_cart.py'],
      ['cart.go', 'cart_test.go'],
      ['src/main/java/Cart.java', 'src/test/java/CartTest.java'],
      ['lib/cart.rb', 'spec/cart_spec.rb'],
      ['src/cart.ts', 'src/cart.spec.ts'],
    ] as const;
    for (const [path, test] of pairs) {
      const located = [{ path, score: 1, why: WHY }];
      const [file] = filesFor({ located, existing: new Set([path, test]) });
      assert.deepEqual(file?.tests, [test]);
    }
  });
});
