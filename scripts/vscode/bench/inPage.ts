/** Each function runs inside the page of the pattern browser and may use nothing from outside itself. */

/** Types texts letter by letter; milliseconds from each letter to the frame that shows its answer. */
export async function measureSearches(texts: readonly string[]): Promise<readonly number[]> {
  const nextFrame = (): Promise<void> =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        resolve();
      });
    });
  const MISSED_MS = 250;
  const isBusy = (): boolean =>
    document.querySelector('main')?.getAttribute('aria-busy') === 'true';
  const input = document.querySelector('#search')?.shadowRoot?.querySelector('input');
  if (!input) throw new Error('there is no search box');
  const type = async (text: string): Promise<number> => {
    const startMs = performance.now();
    input.value = text;
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    let wasBusy = false;
    do {
      await nextFrame();
      wasBusy ||= isBusy();
      // An answer may come between two frames of a machine that has much else to do.
    } while (isBusy() || (!wasBusy && performance.now() - startMs < MISSED_MS));
    return performance.now() - startMs;
  };
  const timesMs: number[] = [];
  for (const text of texts) {
    for (let length = 1; length <= text.length; length++) {
      timesMs.push(await type(text.slice(0, length)));
    }
  }
  await type('');
  return timesMs;
}

export interface Scrolled {
  readonly frames: number;
  readonly mostRows: number;
  /** Tasks over 50 ms, as the browser reports them. */
  readonly longTasks: number;
  readonly longestFrameMs: number;
}

/** Scrolls from the first row to the last and watches. */
export async function scrollThrough(): Promise<Scrolled> {
  const steps = 600;
  const grid = document.querySelector('#grid');
  if (!grid) throw new Error('there is no list');
  let longTasks = 0;
  const observer = new PerformanceObserver((list) => (longTasks += list.getEntries().length));
  observer.observe({ type: 'longtask' });
  let mostRows = 0;
  let longestFrameMs = 0;
  let beforeMs = await new Promise<number>(requestAnimationFrame);
  for (let step = 0; step <= steps; step++) {
    grid.scrollTop = ((grid.scrollHeight - grid.clientHeight) * step) / steps;
    const nowMs = await new Promise<number>(requestAnimationFrame);
    longestFrameMs = Math.max(longestFrameMs, nowMs - beforeMs);
    beforeMs = nowMs;
    mostRows = Math.max(mostRows, grid.querySelectorAll('[role=row]').length);
  }
  longTasks += observer.takeRecords().length;
  observer.disconnect();
  return { frames: steps + 1, mostRows, longTasks, longestFrameMs };
}
