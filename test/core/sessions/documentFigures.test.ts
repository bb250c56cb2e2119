import assert from 'node:assert/strict';
import type { FigureUnit } from '../../../src/core/model/sessions/sessionReport.ts';
import { describeComparison, describeSession } from '../../../src/core/sessions/report/document.ts';
import { reportSession } from '../../../src/core/sessions/report/sessionReport.ts';
import { claudeSession } from '../../support/sessions/claudeSession.ts';

describe('figures of sessions, as a page tells them', () => {
  const told: readonly (readonly [FigureUnit, number, string])[] = [
    ['count', 44_501.977, '44,502'],
    ['count', 1.4142, '1.4'],
    ['ratio', 0.4567, '45.7%'],
    ['percent', 83.126, '83.1%'],
    ['dollars', 1234.5, '$1,234.50'],
    ['minutes', 12.345, '12.3'],
  ];
  for (const [unit, value, text] of told) {
    it(`${value} ${unit}: ${text}`, () => {
      const values = [value, null] as const;
      const row = { name: 'one', unit, values, difference: null, spread: null, standsOut: null };
      const blocks = describeComparison({ ids: ['a', 'b'], ownSessions: 3, rows: [row] });
      const [cells] = blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []));
      assert.deepEqual(cells?.slice(1, 3), [text, 'not measured']);
    });
  }

  it('a minute is a minute, however little less it was', async () => {
    const report = reportSession(await claudeSession([{ say: 'done' }]));
    const time = { ...report.time, wallMs: 59_700 };
    const rows = describeSession({ ...report, time }).flatMap((block) =>
      block.kind === 'figures' ? block.rows : [],
    );
    assert.ok(rows.some(([name, value]) => name === 'Wall time' && value === '1.0m'));
  });

  it('a success that nothing proves is told with why', async () => {
    const commit = { run: 'git commit -m x', output: '' };
    const report = reportSession(await claudeSession([{ edit: ['a.py', 'a', 'b'] }, commit]));
    const texts = describeSession(report).flatMap((one) => (one.kind === 'text' ? [one.text] : []));
    assert.ok(texts.some((text) => text.includes('Not proven: only the agent’s own work says so')));
  });
});
