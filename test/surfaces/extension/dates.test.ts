import assert from 'node:assert/strict';
import { daysBefore, toIsoDate } from '../../../src/extension/commands/extract/dates.ts';

describe('days of the history', () => {
  it('counts back over months and leap years', () => {
    assert.equal(daysBefore(new Date('2024-03-01T12:00:00Z'), 1), '2024-02-29');
    assert.equal(daysBefore(new Date('2024-03-01T00:00:00Z'), 365), '2023-03-02');
  });

  it('takes days that the calendar has, and nothing else', () => {
    assert.equal(toIsoDate(' 2024-02-29 '), '2024-02-29');
    for (const text of ['2023-02-29', '2024-13-01', '2024-1-1', 'yesterday', '']) {
      assert.equal(toIsoDate(text), undefined, text);
    }
  });
});
