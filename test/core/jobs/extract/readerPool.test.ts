import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { openExtractor, type OpenExtractor } from '../../../../src/core/extraction/extractor.ts';
import {
  createFileReader,
  settingsOf,
  type FileReader,
  type FileReading,
} from '../../../../src/core/jobs/extract/reading/fileReader.ts';
import {
  openReader,
  openReaderPool,
  type ReaderPoolOptions,
} from '../../../../src/core/jobs/extract/reading/readerPool.ts';
import { DEFAULT_CONFIG } from '../../../../src/core/model/config.ts';
import { createSecretGate } from '../../../../src/core/secrets/gate.ts';
import { openSourceTexts } from '../../../../src/core/sources/sourceText.ts';
import { ASSETS } from '../../../support/assets.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../../support/temporaryFolder.ts';

const ENTRY = resolve(import.meta.dirname, '../../../../dist/reader.js');
const config = DEFAULT_CONFIG.extraction;

/** A reading process that says who it is, and dies of every path with `deadly` in it. */
const FRAGILE = `
process.send({ type: 'ready' });
process.on('disconnect', () => process.exit());
process.on('message', ({ work: { path } }) => {
  if (path.includes('deadly')) process.kill(process.pid, 'SIGKILL');
  else process.send({ type: 'done', result: { skipped: String(process.pid), timings: {} } });
});`;

describe('reading files in several processes', () => {
  let folder: TemporaryFolder;
  let extractor: OpenExtractor;
  let opened: FileReader | undefined;
  let readHere: string[];

  beforeEach(async () => {
    folder = createTemporaryFolder();
    extractor = await openExtractor({ assetsDir: ASSETS, minLines: config.minLines });
    readHere = [];
  });

  afterEach(async () => {
    await opened?.close();
    extractor.close();
    folder.remove();
  });

  function options(entry: string): ReaderPoolOptions {
    const texts = openSourceTexts(folder.path, { attributesFile: undefined, ...config });
    const here = createFileReader({
      ...{ extractor, gate: createSecretGate(), read: texts.readFile },
      settings: settingsOf(config),
      clockMs: () => 0,
    });
    return {
      ...{ entry, assetsDir: ASSETS, root: folder.path, attributesFile: undefined, config },
      here: {
        ...here,
        read: (request) => {
          readHere.push(request.path);
          return here.read(request);
        },
      },
    };
  }

  function openFragile(): FileReader {
    folder.write({ 'fragile.cjs': FRAGILE });
    return (opened = openReaderPool(options(join(folder.path, 'fragile.cjs'))));
  }

  function readAll(reader: FileReader, paths: readonly string[]): Promise<readonly FileReading[]> {
    return Promise.all(
      paths.map((path) => reader.read({ path, isNew: true, knownHash: undefined })),
    );
  }

  it('gives what one process gives, in the same order', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [
        `f${at}.ts`,
        `export function f${at}(x: number) {\n  if (x > ${at}) return 'a';\n  return "b";\n}\n`,
      ]),
    );
    folder.write({
      ...files,
      'generated.ts': '// @generated\nexport const a = 1;\n',
      'secret.ts': `export const password = 'kT9x-${'vQ2mZ7pL'.repeat(2)}';\n`,
      'AKIAIOSFODNN7EXAMPLF.ts': 'export const a = 1;\n',
    });
    const paths = [...Object.keys(files), 'generated.ts', 'secret.ts', 'AKIAIOSFODNN7EXAMPLF.ts'];
    const { here } = options(ENTRY);
    opened = openReaderPool(options(ENTRY));
    const untimed = (readings: readonly FileReading[]): readonly unknown[] =>
      readings.map((reading) => ({ ...reading, timings: undefined }));
    const there = untimed(await readAll(opened, paths));
    assert.deepEqual(readHere, []);
    assert.deepEqual(there, untimed(await readAll(here, paths)));
  });

  it('takes no more than two processes, and none for few files', async () => {
    const readings = await readAll(openFragile(), ['a', 'b', 'c', 'd', 'e', 'f']);
    const processes = readings.map((reading) => 'skipped' in reading && reading.skipped);
    assert.ok(new Set(processes).size <= 2 && !processes.includes(String(process.pid)));
    const few = options('');
    assert.equal(openReader(500, few), few.here);
  });

  it('gives up a file that costs two processes their lives, and no other', async () => {
    const paths = ['a', 'b', 'deadly', 'c', 'd', 'e', 'f', 'g', 'another deadly', 'h'];
    const readings = await readAll(openFragile(), paths);
    assert.deepEqual(
      paths.filter((_, at) => 'isLost' in (readings[at] ?? {})),
      ['deadly', 'another deadly'],
    );
    assert.deepEqual(readHere, []);
  });

  it('reads in this process where no other starts', async () => {
    folder.write({ 'a.ts': 'export const a = 1;\n', 'b.ts': 'export const b = 1;\n' });
    opened = openReaderPool(options(join(folder.path, 'missing.cjs')));
    const readings = await readAll(opened, ['a.ts', 'b.ts']);
    assert.ok(readings.every((reading) => 'contentHash' in reading));
    assert.deepEqual(readHere, ['a.ts', 'b.ts']);
  });

  it('ends its processes when it is closed', async () => {
    const reader = openFragile();
    const readings = await readAll(reader, ['a', 'b', 'c', 'd']);
    await reader.close();
    for (const reading of readings) {
      const pid = 'skipped' in reading ? Number(reading.skipped) : 0;
      assert.throws(() => process.kill(pid, 0), /ESRCH/);
    }
  });
});
