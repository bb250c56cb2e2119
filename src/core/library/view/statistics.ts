import { PRIOR } from '../../model/outcomes/prior.ts';
import type { SuccessRate } from '../../model/pattern.ts';

/** Lower and upper end of the central 90 %. */
const TAILS = [0.05, 0.95] as const;

const known = new Map<string, SuccessRate>();

/** Mean and 90 % interval of the Beta posterior after ratings and outcomes of these weights. */
export function successRate(successes: number, failures: number): SuccessRate {
  const key = `${successes} ${failures}`;
  let rate = known.get(key);
  if (rate === undefined) {
    const a = PRIOR.mean * PRIOR.weight + successes;
    const b = (1 - PRIOR.mean) * PRIOR.weight + failures;
    const [low, high] = TAILS;
    rate = {
      ...{ mean: a / (a + b), low: betaQuantile(low, a, b), high: betaQuantile(high, a, b) },
      weight: successes + failures,
    };
    known.set(key, rate);
  }
  return rate;
}

/** The x at which the regularised incomplete beta function is `p`; by bisection. */
export function betaQuantile(p: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  // 52 halvings reach the precision of a double.
  for (let step = 0; step < 52; step++) {
    const middle = (low + high) / 2;
    if (incompleteBeta(middle, a, b) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Regularised incomplete beta function I_x(a, b).
 * Source: NIST DLMF 8.17.22 (continued fraction), used where it converges fast (DLMF 8.17.4 turns
 * the rest into that), evaluated by the method of Lentz.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(
    a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b),
  );
  return front / (a * betaFraction(x, a, b));
}

/** More steps than any a and b below 10,000 need. */
const MAX_STEPS = 500;
const SMALLEST = 1e-300;

/** 1 + d1 / (1 + d2 / (1 + …)) with the coefficients of DLMF 8.17.23. */
function betaFraction(x: number, a: number, b: number): number {
  let fraction = 1;
  let c = 1;
  let d = 0;
  for (let step = 1; step <= MAX_STEPS; step++) {
    const m = Math.floor(step / 2);
    const coefficient =
      step % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + coefficient * d);
    c = nonZero(1 + coefficient / c);
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return fraction;
}

function nonZero(value: number): number {
  return Math.abs(value) < SMALLEST ? SMALLEST : value;
}

/** Coefficients for g = 7, n = 9. Source: Lanczos 1964, as computed by Godfrey 2001. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
];

/** Natural logarithm of the gamma function, for arguments above 0.5. */
function logGamma(value: number): number {
  const z = value - 1;
  const t = z + 7.5;
  const sum = LANCZOS.reduce((total, coefficient, n) =>
    n === 0 ? coefficient : total + coefficient / (z + n),
  );
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}
