import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FindQuery } from '../../../../src/core/model/api/find.ts';
import type { Choice, PatternFilter } from '../../../../src/core/model/filter.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';
import { POLL, POLL_FIXED, RETRY } from '../../../support/engine/snippets.ts';
import { listed, searched } from '../../../support/engine/found.ts';

/** Functions that differ in more than names, as many as a small project has. */
const VERBS = [
  'open',
  'close',
  'merge',
  'split',
  'sort',
  'pack',
  'route',
  'paint',
  'count',
  'copy',
];
const NOUNS = ['Window', 'Ledger', 'Invoice', 'Socket', 'Garden'];

const CROWD = VERBS.flatMap((verb, v) =>
  NOUNS.map((noun, n) => {
    const steps = Array.from(
      { length: v + 1 },
      (_, at) => `  box.step${String(at)}(${'1, '.repeat(n)}0);`,
    );
    return `export function ${verb}${noun}(box) {\n  if (box && box.ready) return 0;\n${steps.join('\n')}\n  return box ? 1 : 2;\n}\n`;
  }),
).join('\n');

const PARSE = `export function parseJSON(text, fallback) {
  try {
    const value = JSON.parse(text);
    return value === null && fallback ? fallback : value;
  } catch {
    return fallback;
  }
}
`;

const PYTHON = `from flask import Flask, request

app = Flask(__name__)


@app.route("/documents")
def documents():
    if request.args and request.json:
        return parse_json(request.json, None)
    if request.data:
        return parse_json(request.data, None)
    return "", 204


def parse_json(text, fallback):
    """Reads a document or gives the fallback."""
    if not text or text.isspace():
        return fallback
    for line in text.splitlines():
        if line:
            return line
    return fallback


def test_parse_json():
    """Empty text gives the fallback."""
    answer = parse_json("", 1)
    assert answer == 1
    assert parse_json(" ", 2) == 2
    assert parse_json("a", 2) == "a"
`;

describe('search over all that was learned', () => {
  let repository: TestRepository;
  let bench: Bench;

  before(async () => {
    repository = createRepository();
    repository.commit([
      {
        message: 'Add everything',
        files: {
          'crowd.js': CROWD,
          'lib/parse.js': PARSE,
          'lib/poll.js': POLL,
          'app/parse.py': PYTHON,
          'lib/retry.ts': RETRY.replace('(call, times)', '(call: Call, times: number)'),
        },
      },
      { message: 'Fix endless polling', files: { 'lib/poll.js': POLL_FIXED } },
    ]);
    repository.git('reset', '--hard', '--quiet');
    bench = await openBench(repository.folder);
    await bench.extract({ embed: true });
  });
  after(async () => {
    await bench.close();
    repository.remove();
  });

  const names = async (query: FindQuery): Promise<readonly string[]> =>
    (await searched(bench.engine, query)).map(({ pattern }) => pattern.name);

  it('finds an identifier in both ways to write it', async () => {
    for (const text of ['parseJSON', 'parse_json', 'ParseJson']) {
      const found = await names({ text, filter: { kind: { any: ['function'] } } });
      assert.deepEqual(found.slice(0, 2).sort(), ['parseJSON', 'parse_json'], text);
    }
  });

  it('prints a match that falls from hit to hit, tests that stand behind included', async () => {
    const text = 'empty text gives the fallback';
    const hits = await searched(bench.engine, { text, limit: 200, minRelevance: 0 });
    const matches = hits.map(({ relevance }) => relevance ?? 0);
    assert.deepEqual(
      matches,
      matches.toSorted((a, b) => b - a),
    );
    assert.notEqual(hits[0]?.pattern.kind, 'test');
    assert.ok(hits.some(({ pattern }) => pattern.kind === 'test'));
  });

  it('is surest of what is called so, whatever else resembles it', async () => {
    const hits = await searched(bench.engine, { text: 'mergeLedger', limit: 10, minRelevance: 0 });
    const [named, ...others] = hits;
    assert.equal(named?.pattern.name, 'mergeLedger');
    assert.ok((named.relevance ?? 0) > 0.95, String(named.relevance));
    assert.ok(others.length > 0);
    for (const { pattern, relevance } of others) {
      assert.ok((relevance ?? 1) < 0.9, `${pattern.name}: ${String(relevance)}`);
    }
  });

  it('finds an identifier with one wrong letter among the first ten', async () => {
    for (const [wrong, right] of [
      ['parsJSON', 'parseJSON'],
      ['parzeJSON', 'parseJSON'],
      ['mergeInvoce', 'mergeInvoice'],
      ['paintGarten', 'paintGarden'],
      ['rezry', 'retry'],
      ['splitLedgr', 'splitLedger'],
    ] as const) {
      const found = await names({ text: wrong, limit: 10 });
      assert.ok(found.includes(right), `${wrong}: ${found.join(', ')}`);
    }
  });

  it('finds what is meant by plain words', async () => {
    assert.equal((await names({ text: 'call again until it works' }))[0], 'retry');
    assert.equal(
      (await names({ text: 'endless polling', filter: { kind: { any: ['fix'] } } }))[0],
      'poll',
    );
  });

  it('finds what a fragment of 200 lines resembles', async () => {
    const filler = Array.from(
      { length: 190 },
      (_, at) => `  const unused${String(at)} = ${String(at)};`,
    );
    const fragment = `${PARSE.replaceAll('parseJSON', 'readDocument').trimEnd()}\n${filler.join('\n')}\n`;
    const found = await names({ text: fragment, limit: 10, minRelevance: 0 });
    assert.ok(found.includes('parseJSON'), found.join());
    assert.equal((await names({ text: PARSE.replaceAll('fallback', 'other') }))[0], 'parseJSON');
  });

  it('finds what resembles the code at a place, not that code itself', async () => {
    const found = await searched(bench.engine, {
      text: '',
      at: { file: 'lib/parse.js', line: 3 },
      minRelevance: 0,
    });
    assert.ok(found.length > 0);
    const own = found.find(
      ({ pattern }) => pattern.kind === 'function' && pattern.name === 'parseJSON',
    );
    assert.equal(own, undefined);
    await assert.rejects(searched(bench.engine, { text: '', at: { file: 'nosuch.js', line: 1 } }), {
      code: 'bad-argument',
    });
  });

  it('finds nothing at a place with imports alone, and says why', async () => {
    const at = { file: 'lib/names.py', line: 2, text: 'import os\nimport re\n# Names.\n' };
    const { rows, emptyReason } = await bench.engine.find.patterns({ text: '', at });
    assert.deepEqual(rows, []);
    assert.match(emptyReason?.text ?? '', /nothing but imports and comments around line 2 of/);
    const named = await bench.engine.find.patterns({ text: 'parse json', at });
    assert.equal(named.rows[0]?.name.toLowerCase().replace('_', ''), 'parsejson');
  });

  it('shows only what passes each filter', async () => {
    const all = { text: 'parse json retry poll', minRelevance: 0, limit: 100 };
    const filters: readonly PatternFilter[] = [
      { language: { any: ['python'] } },
      { language: { any: ['typescript'] } },
      { framework: { any: ['flask'] } },
      { kind: { any: ['fix'] } },
      { kind: { any: ['test'] } },
      { kind: { not: ['function', 'test'] } },
      { tag: { any: ['Retry'] } },
      { source: { any: ['history'] } },
    ];
    for (const filter of filters) {
      const hits = await searched(bench.engine, { ...all, filter });
      assert.ok(hits.length > 0, JSON.stringify(filter));
      for (const { pattern } of hits) {
        for (const [field, { any, not }] of Object.entries(filter) as readonly [string, Choice][]) {
          const values = field === 'tag' ? pattern.tags : [pattern[field as 'language'] ?? ''];
          const isOneOf = (asked: readonly string[]): boolean =>
            values.some((value) => asked.some((one) => one.toLowerCase() === value));
          if (any !== undefined) assert.ok(isOneOf(any), JSON.stringify([filter, values]));
          if (not !== undefined) assert.ok(!isOneOf(not), JSON.stringify([filter, values]));
        }
      }
      const { total } = await listed(bench.engine, filter, 0);
      assert.ok(hits.length <= total);
    }
    const [known] = (await bench.engine.library.stats()).projects;
    assert.ok(known);
    const inProject = (name: string): PatternFilter => ({ project: { any: [name] } });
    assert.deepEqual(await names({ ...all, filter: inProject(known.name) }), await names(all));
    await assert.rejects(names({ ...all, filter: inProject('nosuch') }), {
      code: 'project-not-found',
    });
    assert.deepEqual(await names({ ...all, filter: { language: { any: ['cobol'] } } }), []);
  });

  it('gives fewer results for another language, not a failure', async () => {
    for (const text of [
      '解析文档',
      'очередь повторов',
      'désérialiser',
      'größe ändern',
      '🙂',
      '"\'%_;--',
    ]) {
      assert.ok((await searched(bench.engine, { text })).length <= 5, text);
    }
    assert.ok((await names({ text: 'parseJSON 解析' })).includes('parseJSON'));
  });

  it('finds nothing for gibberish', async () => {
    for (const text of ['qwxzv plonkfrz', 'xxyyzzqq', '@@@@']) {
      assert.deepEqual(await names({ text }), [], text);
    }
  });

  it('tells for every hit how its score came about, best first', async () => {
    const hits = await searched(bench.engine, { text: 'parse json', limit: 100, minRelevance: 0 });
    for (const [index, { score, signals, relevance }] of hits.entries()) {
      const sum = Object.values(signals).reduce((total, part) => total + part, 0);
      assert.ok(Math.abs(sum - score) < 1e-9);
      assert.ok(relevance !== null && relevance >= 0 && relevance <= 1);
      assert.ok(score <= (hits[index - 1]?.score ?? Infinity));
    }
  });

  it('gives the same answer again: at once, in a new process, rebuilt and compacted', async () => {
    const queries = ['parse json', 'open the window', 'retry', POLL, 'sortLedgr'];
    const answers = async (): Promise<unknown> =>
      Promise.all(
        queries.map(async (text) =>
          (await searched(bench.engine, { text, limit: 20, minRelevance: 0 })).map(
            ({ pattern, score, signals }) => [pattern.id, score, signals],
          ),
        ),
      );
    const first = await answers();
    assert.deepEqual(await answers(), first, 'again');
    await bench.reopen();
    assert.deepEqual(await answers(), first, 'new process');
    await bench.engine.library.compact();
    assert.deepEqual(await answers(), first, 'compacted');
    await bench.reopen();
    await bench.engine.library.doctor('rebuild');
    assert.deepEqual(await answers(), first, 'rebuilt');
    await bench.reopen();
    assert.deepEqual(await answers(), first, 'rebuilt and opened');
  });

  it('gives the same answer by words when all derived data is deleted', async () => {
    const before = await names({ text: 'parse json', limit: 20 });
    const { vectors } = await bench.engine.library.stats();
    await bench.reopen();
    rmSync(join(bench.library, 'derived'), { recursive: true });
    await bench.reopen();
    const { embedded } = await bench.extract({ embed: true });
    assert.equal(embedded, vectors);
    assert.deepEqual(await names({ text: 'parse json', limit: 20 }), before);
  });

  it('lets ratings move the ranking', async () => {
    const query: FindQuery = { text: 'box ready window', limit: 20, minRelevance: 0 };
    const before = await searched(bench.engine, query);
    const [first, second] = before;
    assert.ok(first && second);
    for (const session of ['a', 'b', 'c', 'd', 'e', 'f']) {
      await bench.engine.curate.rate(first.pattern.id, 1, { session });
      await bench.engine.curate.rate(second.pattern.id, 5, { session });
    }
    const after = await searched(bench.engine, query);
    const scoreOf = (hits: typeof after, id: string): number =>
      hits.find(({ pattern }) => pattern.id === id)?.score ?? 0;
    assert.ok(scoreOf(after, first.pattern.id) < first.score);
    assert.ok(scoreOf(after, second.pattern.id) > second.score);
  });
});

const SETTINGS = `import json
import os

DEFAULTS = {"colour": "blue", "size": 3}


def load_settings(path):
    """Loads settings from a JSON file and fills in what is missing."""
    settings = dict(DEFAULTS)
    if os.path.exists(path):
        with open(path) as handle:
            for key, value in json.load(handle).items():
                if value is not None:
                    settings[key] = value
    return settings
`;

describe('search in a library of two functions', () => {
  let bench: Bench;
  before(async () => {
    bench = await openBench();
    bench.write('settings.py', SETTINGS);
    bench.write('retry.ts', RETRY);
    await bench.extract({ git: false });
  });
  after(() => bench.close());

  const names = async (text: string): Promise<readonly string[]> =>
    (await bench.engine.find.patterns({ text })).rows.map(({ name }) => name);

  it('finds what a question in other words is about', async () => {
    const text = 'read the settings of a user from a file with defaults';
    assert.deepEqual(await names(text), ['load_settings']);
  });

  it('finds nothing for what neither does, nor for a technical name that neither writes', async () => {
    for (const text of ['draw a circle on a canvas', 'OAuth2 settings', 'settings from S3']) {
      assert.deepEqual(await names(text), [], text);
    }
  });

  it('says which name nobody writes where the other words are found without it', async () => {
    const page = await bench.engine.find.patterns({ text: 'OAuth2 settings' });
    const told = 'nothing here mentions OAuth2; without it, “settings” finds something';
    assert.equal(page.emptyReason?.text, told);
    const none = await bench.engine.find.patterns({ text: 'OAuth2 canvas' });
    assert.equal(none.emptyReason, undefined);
  });

  it('answers a task to add something technical by the rest of its words', async () => {
    assert.deepEqual(await names('add TOML3 to the JSON settings file'), ['load_settings']);
  });
});
