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
