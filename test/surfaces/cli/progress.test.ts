import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import type { Progress } from '../../../src/core/model/api/watch.ts';
import {
  HIDE_CURSOR,
  SHOW_CURSOR,
  createProgressBar,
  createProgressLines,
  formatBar,
} from '../../../src/cli/progress.ts';
import { widthOf } from '../../../src/cli/text/width.ts';
import { createOutput } from '../../support/cli/cliIo.ts';

function files(done: number, total = 1000): Progress {
  return { stage: 'files', done, total, patterns: done * 2 };
}

describe('progress', () => {
  it('is redrawn at most ten times a second, and at the end of a stage', () => {
    const written: string[] = [];
    let nowMs = 0;
    const bar = createProgressBar(createOutput(written, 80), () => nowMs);
    for (let done = 1; done <= 1000; done++) {
      nowMs = done;
      bar.update(files(done));
    }
    assert.equal(written.length, 11);
    assert.match(written.at(-1) ?? '', /1,000\/1,000 files/);
  });

  it('hides the cursor while it draws and shows it at the end', () => {
    const written: string[] = [];
    const bar = createProgressBar(createOutput(written, 80), () => 0);
    bar.end();
    assert.deepEqual(written, []);
    bar.update(files(1));
    bar.end();
    bar.end();
    const text = written.join('');
    assert.equal(text.split(HIDE_CURSOR).length, 2);
    assert.equal(text.split(SHOW_CURSOR).length, 2);
    assert.ok(text.endsWith(SHOW_CURSOR));
  });

  it('never fills a line of the terminal, which would wrap it', () => {
    for (const columns of [10, 30, 59, 60, 80, 200]) {
      const written: string[] = [];
      let nowMs = 0;
      const bar = createProgressBar(createOutput(written, columns), () => nowMs);
      bar.update(files(0));
      nowMs = 60_000;
      bar.update(files(300));
      for (const text of written) {
        const line = stripVTControlCharacters(text).replace('\r', '');
        assert.ok(widthOf(line) < columns, `${columns}: ${line}`);
      }
    }
  });

  it('estimates the time left by the pace of the stage', () => {
    const line = { progress: files(500), elapsedMs: 10_000, startedAt: 250 };
    assert.match(formatBar(line, 80), /500\/1,000 files · 1,000 patterns · 20 s left$/);
    assert.doesNotMatch(formatBar({ ...line, elapsedMs: 1000 }, 80), /left/);
    assert.doesNotMatch(
      formatBar({ ...line, progress: { ...files(500), total: undefined } }, 80),
      /left|█/,
    );
  });

  it('is a line a stage and one every few seconds where there is no terminal', () => {
    const written: string[] = [];
    let nowMs = 0;
    const lines = createProgressLines(createOutput(written, undefined), () => nowMs);
    for (nowMs = 0; nowMs < 12_000; nowMs += 10) lines.update(files(nowMs / 10, 2000));
    lines.update({ stage: 'embed', done: 1, total: 5, patterns: 9 });
    lines.end();
    assert.deepEqual(written, [
      'reading files · 0/2,000 files\n',
      'reading files · 500/2,000 files · 1,000 patterns · 15 s left\n',
      'reading files · 1,000/2,000 files · 2,000 patterns · 10 s left\n',
      'preparing semantic search · 1/5 texts · 9 patterns\n',
    ]);
  });
});
