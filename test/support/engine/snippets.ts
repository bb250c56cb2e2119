/** Code that tests extract: kept for its complexity and length. */
export const POLL = `/** Asks again until it is ready. */
export async function poll(ask, waitMs) {
  let answer = await ask();
  while (!answer.ready) {
    await pause(waitMs);
    answer = await ask();
    if (answer.failed) throw new Error(answer.reason);
  }
  return answer;
}
`;

export const POLL_FIXED = POLL.replace('(ask, waitMs)', '(ask, waitMs, times)').replace(
  'while (!answer.ready) {',
  'while (!answer.ready && times-- > 0) {',
);

export const RETRY = `/** Calls again until it works. */
export async function retry(call, times) {
  for (let attempt = 0; attempt < times; attempt += 1) {
    try {
      return await call(attempt);
    } catch (error) {
      if (attempt === times - 1) throw error;
    }
  }
}
`;

export const ROUND = `/** Rounds to the coins there are. */
export function roundToCoins(price, coins) {
  let best = 0;
  for (const coin of coins) {
    const rounded = Math.round(price / coin) * coin;
    if (Math.abs(rounded - price) < Math.abs(best - price)) best = rounded;
  }
  return best;
}
`;

export const COUNT_WORDS = `/** Counts how often each word is there. */
export function countWords(text) {
  const counts = new Map();
  for (const word of text.toLowerCase().split(/\\W+/)) {
    if (word === '') continue;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one);
}
`;

export const MERGE_SORTED = `/** Merges two sorted lists into one. */
export function mergeSorted(left, right) {
  const merged = [];
  let at = 0;
  for (const value of left) {
    while (at < right.length && right[at] < value) merged.push(right[at++]);
    merged.push(value);
  }
  return merged.concat(right.slice(at));
}
`;

export const FIND_CYCLE = `/** Whether following the links leads back to where one was. */
export function findCycle(first) {
  let slow = first;
  let fast = first?.next;
  while (fast && fast.next) {
    if (slow === fast) return true;
    slow = slow.next;
    fast = fast.next.next;
  }
  return false;
}
`;
