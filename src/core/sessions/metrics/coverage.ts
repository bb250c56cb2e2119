import type { CoverageReading } from '../../model/sessions/session.ts';
import { plainOutput } from '../../platform/text/programOutput.ts';

const PERCENT = String.raw`(\d{1,3}(?:\.\d{1,4})?)\s?%`;

/** How tools print the share of all code that ran. */
const FORMS: readonly { readonly tool: string; readonly form: RegExp }[] = [
  // | All files | % Stmts | % Branch | % Funcs | % Lines |: of jest, vitest, c8 and nyc.
  {
    tool: 'istanbul',
    form: /^\s{0,8}\|?\s{0,8}All files\s{0,80}\|\s{0,20}(\d{1,3}(?:\.\d{1,4})?)\s{0,20}\|/,
  },
  { tool: 'pytest-cov', form: new RegExp(`^TOTAL\\s{1,80}\\d{1,9}\\s.{0,120}?\\s${PERCENT}\\s*$`) },
  { tool: 'go', form: new RegExp(`^total:\\s{1,80}\\(statements\\)\\s{1,80}${PERCENT}`) },
  {
    tool: 'llvm-cov',
    form: new RegExp(`^TOTAL\\s{1,80}\\d{1,9}\\s{1,40}\\d{1,9}\\s{1,40}${PERCENT}`),
  },
  { tool: 'tarpaulin', form: new RegExp(`^${PERCENT} coverage, \\d`) },
  { tool: 'jacoco', form: new RegExp(`(?:Total|Line) coverage:?\\s{1,20}${PERCENT}`, 'i') },
  { tool: 'simplecov', form: new RegExp(`LOC \\(${PERCENT}\\) covered`) },
  {
    tool: 'node',
    form: /^[^\w\n]{0,6}all files\s{0,80}\|\s{0,20}(\d{1,3}(?:\.\d{1,4})?)\s{0,20}\|/,
  },
];

/** `ok pkg 0.1s coverage: 83.1% of statements`, once a package. */
const OF_PACKAGE = new RegExp(`coverage: ${PERCENT} of statements`);

/** The last total a coverage tool printed; `undefined` where none did. */
export function readCoverage(output: string): Omit<CoverageReading, 'at'> | undefined {
  const packages: number[] = [];
  let found: Omit<CoverageReading, 'at'> | undefined;
  for (const line of plainOutput(output)) {
    if (!line.includes('%') && !/all files/i.test(line)) continue;
    for (const { tool, form } of FORMS) {
      const percent = toPercent(form.exec(line)?.[1]);
      if (percent !== undefined) found = { tool, percent };
    }
    const ofPackage = toPercent(OF_PACKAGE.exec(line)?.[1]);
    if (ofPackage !== undefined) packages.push(ofPackage);
  }
  if (found !== undefined) return found;
  // How much the packages weigh is not told: of several there is no total.
  const [only] = packages;
  return packages.length === 1 && only !== undefined ? { tool: 'go', percent: only } : undefined;
}

function toPercent(digits: string | undefined): number | undefined {
  const percent = Number(digits);
  return digits !== undefined && percent <= 100 ? percent : undefined;
}
