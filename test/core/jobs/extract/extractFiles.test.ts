import assert from 'node:assert/strict';
import { openExtractor } from '../../../../src/core/extraction/extractor.ts';
import {
  extractFiles,
  type FileParts,
  type FilesSummary,
} from '../../../../src/core/jobs/extract/extractFiles.ts';
import {
  createFileReader,
  settingsOf,
} from '../../../../src/core/jobs/extract/reading/fileReader.ts';
import { createStopwatch } from '../../../../src/core/jobs/extract/stopwatch.ts';
import { DEFAULT_CONFIG } from '../../../../src/core/model/config.ts';
import { AppError } from '../../../../src/core/model/errors.ts';
import type { EventBody } from '../../../../src/core/model/event.ts';
import { localized } from '../../../../src/core/model/localizedText.ts';
import { createSecretGate } from '../../../../src/core/secrets/gate.ts';
import { ASSETS } from '../../../support/assets.ts';

const FUNCTION = 'function f(x) {\n  if (x) {\n    if (x > 1) return 2;\n  }\n  return 1;\n}\n';

describe('extracting files', () => {
  const recorded: string[] = [];
  beforeEach(() => {
    recorded.length = 0;
  });

  /** @param record what becomes of a batch instead of recording it */
  async function extract(
    texts: Readonly<Record<string, string>>,
    record: (bodies: readonly EventBody[]) => void,
    aroundExtract: (path: string) => void = () => undefined,
  ): Promise<FilesSummary> {
    const extractor = await openExtractor({ assetsDir: ASSETS });
    const library = {
      projects: { files: () => new Map() },
      versions: { noted: () => [], current: () => new Map() },
      record: (bodies: readonly EventBody[]) => {
        record(bodies);
        for (const body of bodies) if (body.type === 'file') recorded.push(body.path);
        return Promise.resolve([]);
      },
    } as unknown as FileParts['library'];
    try {
      return await extractFiles(
        {
          library,
          openReader: () =>
            createFileReader({
              extractor: {
                ...extractor,
                extract: (source) => {
                  aroundExtract(source.path);
                  return extractor.extract(source);
                },
              },
              gate: createSecretGate(),
              read: (path) => {
                const text = texts[path] ?? '';
                return Promise.resolve({ text, contentHash: path, sizeBytes: text.length });
              },
              settings: settingsOf(DEFAULT_CONFIG.extraction),
              clockMs: () => 0,
            }),
          stopwatch: createStopwatch(() => 0),
          cache: undefined,
          wasShown: () => false,
        },
        {
          project: 'dir:/p',
          within: undefined,
          files: Object.keys(texts).map((path) => ({ path, stamp: '1', racy: false })),
          covers: () => true,
          config: DEFAULT_CONFIG.extraction,
        },
      );
    } finally {
      extractor.close();
    }
  }

  const many = Object.fromEntries(Array.from({ length: 61 }, (_, at) => [`f${at}.js`, FUNCTION]));

  it('keeps sixty good files beside one that cannot be recorded', async () => {
    const summary = await extract(many, (bodies) => {
      if (bodies.some((body) => body.type === 'file' && body.path === 'f7.js')) {
        throw new RangeError('Invalid string length');
      }
    });
    assert.equal(recorded.length, 60);
    assert.deepEqual([summary.parsed, summary.skipped], [60, { 'not-recorded': 1 }]);
  });

  it('keeps them beside one that the parser cannot bear', async () => {
    const summary = await extract(
      many,
      () => undefined,
      (path) => {
        if (path === 'f7.js') throw new RangeError('memory access out of bounds');
      },
    );
    assert.equal(recorded.length, 60);
    assert.deepEqual(summary.skipped, { unreadable: 1 });
  });

  it('leaves a file as it is recorded when whoever read it died', async () => {
    const known = { contentHash: 'h', language: 'javascript', fragments: [] };
    const bodies: EventBody[] = [];
    const library = {
      projects: { files: () => new Map([['f.js', known]]) },
      record: (recordedNow: readonly EventBody[]) => Promise.resolve(bodies.push(...recordedNow)),
    } as unknown as FileParts['library'];
    const { skipped } = await extractFiles(
      {
        library,
        openReader: () => ({
          atOnce: 1,
          read: () => Promise.resolve({ isLost: true, timings: {} }),
          close: () => Promise.resolve(),
        }),
        stopwatch: createStopwatch(() => 0),
        cache: undefined,
        wasShown: () => false,
      },
      {
        project: 'dir:/p',
        within: undefined,
        files: [{ path: 'f.js', stamp: '1', racy: false }],
        covers: () => true,
        config: DEFAULT_CONFIG.extraction,
      },
    );
    assert.deepEqual([bodies, skipped], [[], { unreadable: 1 }]);
  });

  it('counts what is no code of its language, and reads what is broken only in places', async () => {
    const summary = await extract(
      {
        'prose.js': 'Dear reader, (this is not code] }} it only says so >>> !!',
        'conflict.js': `<<<<<<< ours\nconst a = 1;\n=======\nconst a = 2;\n>>>>>>> theirs\n${FUNCTION}`,
        'empty.js': '',
      },
      () => undefined,
    );
    assert.deepEqual(summary.skipped, { 'syntax-errors': 1 });
    assert.deepEqual([summary.parsed, summary.fragments], [2, 1]);
  });

  it('ends where nothing can be recorded, as on a full disk', async () => {
    const full = new AppError('disk-full', localized`no room`);
    await assert.rejects(
      extract(many, () => {
        throw full;
      }),
      full,
    );
  });

  it('takes no more of a file than eight times its size, the outer functions first', async () => {
    let text = 'return 1;';
    for (let depth = 0; depth < 150; depth += 1) {
      text = `function f${depth}(x) {\nif (x) {\nif (x > ${depth}) return 2;\n}\n${text}\n}`;
    }
    let characters = 0;
    const summary = await extract({ 'deep.js': text }, (bodies) => {
      for (const body of bodies) {
        if (body.type !== 'file') continue;
        for (const { code, template } of body.fragments) {
          characters += code.length + template.length;
        }
      }
    });
    assert.ok(characters > text.length && characters <= 8 * text.length);
    assert.ok((summary.leftOut['too-nested'] ?? 0) > 0 && summary.fragments > 0);
  });
});
