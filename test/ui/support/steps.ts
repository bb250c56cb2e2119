/**
 * Says of a story that each step begins where the one before it ended: after a failure the rest of it is left out. Other
 * stories go on, unlike with mocha's own `bail`, which ends at a failure anywhere.
 */
export function inSteps(story: Mocha.Suite): void {
  story.afterEach('leave out what would follow a failure', function () {
    if (this.currentTest?.state === 'failed') leaveOut(story);
  });
}

function leaveOut(story: Mocha.Suite): void {
  story.bail(true);
  for (const part of story.suites) leaveOut(part);
}
