import { createRepository, type TestRepository } from './repository.ts';
import { POLL, POLL_FIXED, RETRY } from '../engine/snippets.ts';

const CART = `/** What a customer is about to buy. */
export class Cart {
  private readonly lines = new Map<string, { price: number; count: number }>();

  /** Adds an article, or more of it. */
  add(article: string, price: number, count = 1): void {
    const line = this.lines.get(article);
    if (line === undefined) this.lines.set(article, { price, count });
    else line.count += count;
  }

  /** Sums up all lines; from ten articles on, one in ten is free. */
  total(): number {
    let sum = 0;
    let articles = 0;
    for (const { price, count } of this.lines.values()) {
      sum += price * count;
      articles += count;
    }
    return articles >= 10 ? sum * 0.9 : sum;
  }
}
`;

const PARSE = `/** Reads \`key=value\` lines; comments and blank lines are left out. */
export function parseSettings(text: string): Map<string, string> {
  const settings = new Map<string, string>();
  for (const line of text.split('\\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const at = line.indexOf('=');
    settings.set(line.slice(0, at).trim(), line.slice(at + 1).trim());
  }
  return settings;
}
`;

const PARSE_FIXED = PARSE.replace(
  "    const at = line.indexOf('=');\n",
  "    const at = line.indexOf('=');\n    if (at === -1) throw new Error(`no value: ${line}`);\n",
);

const PRICES = `import csv


def read_prices(path, currency="EUR"):
    """Reads the price of every article; rows of other currencies are left out."""
    prices = {}
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            if row["currency"] != currency:
                continue
            prices[row["article"]] = float(row["price"])
    return prices


def median(values):
    """The middle of sorted numbers, or the mean of the two in the middle."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values")
    half = len(ordered) // 2
    if len(ordered) % 2 == 1:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2
`;

const LIMITER = `package limit

import "time"

// Allow says whether one more call may happen now, and counts it when it may.
func (l *Limiter) Allow(now time.Time) bool {
	if now.Sub(l.windowStart) > l.window {
		l.windowStart = now
		l.calls = 0
	}
	if l.calls >= l.most {
		return false
	}
	l.calls++
	return true
}
`;

const PARSE_TEST = `import { parseSettings } from './settings';

describe('settings', () => {
  it('keeps what stands behind the first equals sign', () => {
    const settings = parseSettings('path=a=b\\n# nothing\\n');
    expect(settings.get('path')).toBe('a=b');
    expect(settings.size).toBe(1);
  });
});
`;

/** A small shop in TypeScript, JavaScript, Python and Go, with two bug fixes in its history. */
export function createSampleProject(): TestRepository {
  const repository = createRepository();
  repository.commit([
    {
      message: 'Add a shop',
      files: {
        'README.md': '# Shop\n',
        'package.json': '{ "name": "shop", "private": true, "dependencies": { "express": "5" } }\n',
        'src/cart.ts': CART,
        'src/settings.ts': PARSE,
        'src/poll.js': POLL,
      },
    },
    {
      message: 'Add prices and a rate limit',
      files: { 'tools/prices.py': PRICES, 'limit/limiter.go': LIMITER, 'src/retry.js': RETRY },
    },
    {
      message: 'Fix endless polling when the server never gets ready (#12)',
      files: { 'src/poll.js': POLL_FIXED },
    },
    {
      message: 'Fix crash on settings without a value\n\nFixes #17.',
      files: { 'src/settings.ts': PARSE_FIXED, 'src/settings.test.ts': PARSE_TEST },
    },
  ]);
  repository.git('checkout', '--quiet', '--force', 'main');
  return repository;
}
