import assert from 'node:assert/strict';

import { describeChange, readSubject } from '../../../../src/core/extraction/commits/subject.ts';

describe('the subject of a commit', () => {
  const SUBJECTS: Readonly<Record<string, string>> = {
    'fix(context): panic on an empty offer (#3397)': 'Fix: panic on an empty offer',
    'fix(context): YAML judgment in Negotiate': 'Fix: YAML judgment in Negotiate',
    'fix: avoid a second write': 'Avoid a second write',
    'feat(json): support a custom codec': 'Support a custom codec',
    'Fix #101 display the kind of pet': 'Display the kind of pet',
    'Fix for 1269 - Internalized streams': 'Internalized streams',
    'Fix broken whitelist option #1641': 'Fix broken whitelist option',
    'Bugfix. errors used to be swallowed': 'Fix: errors used to be swallowed',
    'issue_1721: fix writeHeaders': 'Fix writeHeaders',
    'Fix a leak found in #41': 'Fix a leak found in #41',
    'Fix the name of threads (issue #41) (#42)': 'Fix the name of threads',
    'Fix the name (fixes #41 and #42)': 'Fix the name',
    'Fix the name (see the issue)': 'Fix the name (see the issue)',
    'say which line is meant (and fix #72)': 'Say which line is meant',
    'Mend --quiet in issues #14 and #15': 'Mend --quiet in issues',
    'Add rows(); closes #20 (#21)': 'Add rows()',
    'Correct the order of rows, which fixes #8.': 'Correct the order of rows',
    'fix #67 by keeping the date': 'Fix #67 by keeping the date',
    'Name rows in the header resolves #81': 'Name rows in the header',
    'Keep empty rows. See #5': 'Keep empty rows',
    'Merged PR 31: Fix the width of columns': 'Fix the width of columns',
    '[FIX] table: width of columns': 'Fix: table: width of columns',
    '🐛 width of columns': 'Fix: width of columns',
    'app.run() should look at the case': 'app.run() should look at the case',
  };

  for (const [message, text] of Object.entries(SUBJECTS)) {
    it(`${JSON.stringify(message)} reads ${JSON.stringify(text)}`, () => {
      assert.equal(readSubject(message).text, text);
    });
  }

  it('goes on where its first sentence does', () => {
    const message = 'Fixed an issue where the answer to OPTIONS was\nnot complete.\n\nMore of it.';
    assert.equal(
      readSubject(message).text,
      'Fixed an issue where the answer to OPTIONS was not complete',
    );
  });

  it('describes a change unless it only says that something was fixed', () => {
    const phrase = 'Adds up the prices of a cart.';
    for (const vague of [
      'Fix #815',
      'Attempt to fix #815',
      'Fixes #815, #816 and #817',
      'Fixed #1730 (again in 4.x)',
      'fix bug',
      'Fix review comments',
      'wip',
    ]) {
      assert.equal(describeChange(readSubject(vague), phrase), phrase, vague);
    }
    assert.equal(describeChange(readSubject('Fix empty carts'), phrase), 'Fix empty carts');
  });
});
