import assert from 'node:assert/strict';
import { isWorthSuggesting } from '../../../src/core/model/worthSuggesting.ts';

function suggested(weight: number, mean: number, minSuccessRate = 70): boolean {
  const successRate = { mean, low: mean / 2, high: (1 + mean) / 2, weight };
  return isWorthSuggesting({ successRate }, minSuccessRate);
}

describe('the minimum success rate', () => {
  it('leaves out what was tried enough to be judged, and badly', () => {
    assert.equal(suggested(3, 0.4), false);
    assert.equal(suggested(3, 0.4, 40), true);
    assert.equal(suggested(30, 0.7), true);
  });

  it('leaves out nothing that has too few ratings and outcomes to be judged', () => {
    assert.equal(suggested(0, 0.5), true);
    assert.equal(suggested(0, 0.5, 100), true);
    assert.equal(suggested(2, 0.2), true);
  });
});
