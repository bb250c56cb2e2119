import type { AxeResults } from 'axe-core';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core says is wrong, each as one line. */
export async function findFaults(frame: Frame): Promise<readonly string[]> {
  await frame.evaluate(AXE);
  // The page is transparent: the sidebar is what is behind it, of which axe-core sees nothing.
  await frame.evaluate(() => {
    document.documentElement.style.background = 'var(--vscode-sideBar-background)';
  });
  const { violations } = await frame.evaluate<AxeResults>('axe.run(document)');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary ?? ''}`),
  );
}
