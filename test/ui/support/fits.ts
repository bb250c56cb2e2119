import type { Frame } from 'playwright-core';

const CONTROLS = 'button, vscode-button, vscode-textfield, select, summary, textarea, input';
/** Names and descriptions may be too long for a line; these are read in full. */
const READ_IN_FULL =
  '.cut-tail, .row-facts, .heading-count, .tab, .facet-count, .order, .link, .message p, vscode-button';

/** What a person cannot get at or read: the page is too wide, a control out of reach, a text cut. */
export async function findMisfits(frame: Frame): Promise<readonly string[]> {
  const isWide = await frame.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth;
  });
  const panes = frame.locator('.grid, .details-scroll');
  const places = await panes.evaluateAll((all) => all.map(({ scrollTop }) => scrollTop));
  const controls = await frame.locator(CONTROLS).evaluateAll((all) =>
    all.map((control) => {
      control.scrollIntoView({ block: 'nearest' });
      const { left, right, top, bottom } = control.getBoundingClientRect();
      const { clientWidth, clientHeight } = document.documentElement;
      // A scrolled position is rounded to whole pixels.
      const isInside = left >= 0 && top >= -1 && right <= clientWidth && bottom <= clientHeight + 1;
      // A field is made of parts that the page itself does not see.
      const root = control.getRootNode() as Document | ShadowRoot;
      const hit = root.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      const name = control.getAttribute('aria-label') ?? control.textContent.trim();
      const isHit = hit !== null && control.contains(hit);
      return {
        name,
        isReachable: !control.checkVisibility({ visibilityProperty: true }) || (isInside && isHit),
      };
    }),
  );
  const texts = await frame.locator(READ_IN_FULL).evaluateAll((all) =>
    all.map(({ textContent, scrollWidth, clientWidth }) => ({
      name: textContent.trim(),
      isCut: scrollWidth > clientWidth,
    })),
  );
  await panes.evaluateAll((all, tops) => {
    for (const [index, pane] of all.entries()) pane.scrollTop = tops[index] ?? 0;
  }, places);
  return [
    ...(isWide ? ['the page scrolls sideways'] : []),
    ...controls
      .filter(({ isReachable }) => !isReachable)
      .map(({ name }) => `out of reach: ${name}`),
    ...texts.filter(({ isCut }) => isCut).map(({ name }) => `cut: ${name}`),
  ];
}
