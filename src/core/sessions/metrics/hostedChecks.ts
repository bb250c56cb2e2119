/** Rows of `gh pr checks`, and fields of what `gh … --json` prints, also within another text. */
const FAILED =
  /\tfail\t|\\?"(?:conclusion|state|bucket)\\?":\s{0,3}\\?"(?:FAILURE|TIMED_OUT|STARTUP_FAILURE|ERROR|failure|fail)\\?"|^X .{0,200}completed|some checks were not successful/im;
const GOES_ON =
  /\tpending\t|\\?"(?:status|state|bucket)\\?":\s{0,3}\\?"(?:IN_PROGRESS|QUEUED|PENDING|WAITING|in_progress|queued|pending)\\?"|some checks are still pending/i;
const PASSED =
  /\tpass\t|\\?"(?:conclusion|state|bucket)\\?":\s{0,3}\\?"(?:SUCCESS|success|pass)\\?"|all checks were successful|completed with 'success'|^Pipeline state: success/im;

/** How the checks that a service ran on a change went, by what its program printed of them. */
export function readHostedChecks(output: string): 'passed' | 'failed' | undefined {
  if (FAILED.test(output)) return 'failed';
  if (GOES_ON.test(output)) return undefined;
  return PASSED.test(output) ? 'passed' : undefined;
}
