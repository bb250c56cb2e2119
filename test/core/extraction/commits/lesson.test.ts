import assert from 'node:assert/strict';
import { lessonOf } from '../../../../src/core/extraction/commits/lesson.ts';

/** Messages and what a reader learns from them. */
const TELLING: Readonly<Record<string, string>> = {
  'fix(http): retry after a 503 without a header (#812)': 'Retry after a 503 without a header',
  'Fix issue with negative totals of refunds': 'Fix issue with negative totals of refunds',
  'Fix off-by-one in page count': 'Fix off-by-one in page count',
  'Bugfix prevent totals from being sent twice': 'Prevent totals from being sent twice',
  'Ledger race': 'Ledger race',
  '[PROJ-12] bugfix: totals are negative for refunds': 'Totals are negative for refunds',
  'Fix unhandled `Premature close` errors': 'Fix unhandled `Premature close` errors',
  'Fix whitespace handling in the tokenizer': 'Fix whitespace handling in the tokenizer',
  'Add missing check of the ledger lock': 'Add missing check of the ledger lock',
  "Don't merge cells of hidden rows": "Don't merge cells of hidden rows",
  'fix: --all skips rows that are hidden': '--all skips rows that are hidden',
  'fix: support line breaks in cells (shop#212)': 'Support line breaks in cells',
  'Fix rounding of totals in CI-less carts. References #900':
    'Fix rounding of totals in CI-less carts',
  'Merge commit from fork\n\n* Escape names of sheets\n\nThey were not.': 'Escape names of sheets',
  '🐛 crash when the list is empty': 'Crash when the list is empty',
  'Add guard so that a flag of zero length no longer crashes':
    'Add guard so that a flag of zero length no longer crashes',
  'Add a check of totals before the export button':
    'Add a check of totals before the export button',
  'fix: :bug: totals are lost when the tab is closed': 'Totals are lost when the tab is closed',
  'fix: :memory: ledgers are shared': ':memory: ledgers are shared',
  'Fix tab order of the totals form': 'Fix tab order of the totals form',
  'Fix crash when merging cells of two ledgers': 'Fix crash when merging cells of two ledgers',
  'Fix error message for unbalanced ledgers of guests':
    'Fix error message for unbalanced ledgers of guests',
  'Replace the zip package because old totals crash it':
    'Replace the zip package because old totals crash it',
  'Log out of the ledger when the session ends': 'Log out of the ledger when the session ends',
  'fix: improve error handling of the ledger': 'Improve error handling of the ledger',
  'fix: add missing currency option of the chart': 'Add missing currency option of the chart',
  'Some totals are lost when the fix price is zero':
    'Some totals are lost when the fix price is zero',
  'fix: undo restructure crash in the ledger': 'Undo restructure crash in the ledger',
  'fix: use constant-time compare in the keys package':
    'Use constant-time compare in the keys package',
  'Replace unsafe yaml.load in the prices module': 'Replace unsafe yaml.load in the prices module',
  'fix: thanks page shows totals in wrong order': 'Thanks page shows totals in wrong order',
  'Fix merge errors when two carts are combined': 'Fix merge errors when two carts are combined',
  'fix: rebase mistakes dates of ledgers': 'Rebase mistakes dates of ledgers',
  'Fix changelog entry lost when the editor closes':
    'Fix changelog entry lost when the editor closes',
  'Fix error message to be readable by screen readers':
    'Fix error message to be readable by screen readers',
  'Logging deadlocks on shutdown': 'Logging deadlocks on shutdown',
  'Documents without id are lost on export': 'Documents without id are lost on export',
  'Log rotation loses the last line': 'Log rotation loses the last line',
  'fix: crash when the licence of a seat has run out':
    'Crash when the licence of a seat has run out',
  'fix: licence server accepts seats of other shops': 'Licence server accepts seats of other shops',
  'fix: race in the licensing of seats': 'Race in the licensing of seats',
  'fix: README.md without a heading crashes the ledger':
    'README.md without a heading crashes the ledger',
  'fix: panic on .gitignore with a byte order mark': 'Panic on .gitignore with a byte order mark',
  'fix: summing a ledger dropped its last row': 'Summing a ledger dropped its last row',
  'Fix: Reading the ledger twice froze the shop': 'Reading the ledger twice froze the shop',
  'Closing the empty drawer ate the last coin': 'Closing the empty drawer ate the last coin',
  'Ledger corruption': 'Ledger corruption',
  'Endless loop': 'Endless loop',
  'Duplicate totals': 'Duplicate totals',
  'Swapped columns': 'Swapped columns',
  'Truncated ledgers': 'Truncated ledgers',
  'Stack exhaustion': 'Stack exhaustion',
  'Unbounded recursion': 'Unbounded recursion',
  'Unclosed drawers': 'Unclosed drawers',
};

const SILENT: readonly string[] = [
  'fix tests',
  'Fix flaky test of the scheduler queue',
  'typo',
  'Fix typos in the parser module',
  'fix: lint',
  'Fix pycodestyle E501 and E722',
  'Fix #1446',
  'fix',
  'Bugfix a0aca1e2b4c6',
  'fix: address review comments',
  'Follow-up fix',
  'Fix type hints of the cache decorator',
  'small fixes',
  'Fixed formatting',
  'Fixed formatting via phpcbf',
  'Search: fixed some form issues',
  'Login page: fixed issues during testing',
  'Extracted icon text, fixed issues',
  'Refactor invoices: share the parser, fix rounding of totals',
  'Cleaned up the pages of the shop',
  'fix: upgrade the parser and other packages',
  "Don't refactor the ledger after all",
  'Do not change the original structure of the code',
  'Add a button that closes the ledger',
  'Partially reformat the ledger',
  'Keep !r format',
  'Avoid long variable names',
  'Remove more ledger-related stuff',
  'Do not use the deprecated ledger of totals',
  "Another fix that looked important but wasn't",
  'Thanks again to @ledgermaster',
  'Thanks to Ann Bee. Added totals.',
  "Don't mix tabs and spaces",
  'Fixed some tab/spaces mixed issues',
  'Fix Git conflicts',
  'Fixed merge artifacts of the ledger',
  'Forgot the form, this should resolve the conflict',
  'Explicitly log the currency that was agreed upon',
  'Updated aborted ledger error message to be more clear',
  'fix: replace the rounding with the decimal module',
  'Just use the decimal crate instead of rolling our own',
  'Fix contribution guide of the ledger',
  'Clearly our ledger stuff is not fully tested yet',
  'This looks like it should have said totals previously',
  'Hand-picked backport of #912',
  'Python 3 fixes re #12',
  'Silly changes where I was trying to please pychecker',
  'Threading related deprecation fixes for the ledger',
  'Clearly the ledger is not fully tested yet',
  'Add "Missing totals" option to the chart of prices',
  'Add CORS support when the endpoint is elsewhere',
  'The ledger now supports read-only keys',
  'fix: add currency support to the chart of prices',
  'fix: optimize how totals are merged',
  'Various small fixes, including a strict chart of prices',
  'fix: wrap totals to improve the chart of prices',
  "The chart doesn't need the totals argument anymore",
  's/total/sum/ because the ledger calls it so',
  'Ledger: fix, tidy & update totals of guests',
  'fix: code optimization',
  'Nested ledgers',
  'Getting the value of a currency field',
  'Handle licensing of the ledger library',
  'fix: missing license header of the ledger',
  'fix: wrong link of the ledger in README.md',
  'Fix release notes of the ledger',
  'Adding a column to the chart of prices',
  'Exposing the totals in ledger.d.ts',
  'Adding a way to hide all columns of prices',
  'Add exception of guests to the license',
  'Add README.md, and fix currency.Lower(price)',
  'Fix issues with a1b2c3d4',
];

const GRAVITY: Readonly<Record<string, string>> = {
  'Fix totals of guests\n\nSee CVE-2026-12345.': 'security',
  'Compare signatures of ledgers safe from timing attacks': 'security',
  'fix: log no passwords of guests': 'security',
  'Prevent markup injection by names of guests': 'security',
  'Fix constructor injection of ledgers': 'usual',
  'Expired API keys of guests are leaked': 'security',
  'Guests can bypass the check of totals': 'security',
  'Authentication bypass of guests': 'security',
  'An attacker can read totals of guests': 'security',
  'Fix brute-force attacks on the drawer': 'security',
  'Fix logic of splitting tokens of prices': 'usual',
  'fix: login page shows translation keys': 'usual',
  'Fix logarithmic scale of keys of totals': 'usual',
  'fix: bypass cache for requests of totals': 'usual',
  'fix: expose primary key of rows of ledgers': 'usual',
  'fix: attack animation of the dragon is too slow': 'usual',
  'fix: exploit the order of totals when merging': 'usual',
  'CSS overflow of the list of totals': 'usual',
  'Fix overflow of long titles of ledgers': 'usual',
  'Fix overflow when totals are summed': 'grave',
  'Fix integer overflow of the page width': 'grave',
  'Ledger hung on empty totals': 'grave',
  'Fix race between two ledgers': 'grave',
  'Prevent crash on empty totals': 'grave',
  'Fix rounding of totals': 'usual',
  'Fix DeprecationWarning of the ledger': 'slight',
};

describe('the lesson of a fix', () => {
  for (const [message, title] of Object.entries(TELLING)) {
    it(`is told without labels and numbers: ${message}`, () => {
      assert.equal(lessonOf(message)?.title, title);
    });
  }
  for (const message of SILENT) {
    it(`is none where the message says nothing: ${message}`, () => {
      assert.equal(lessonOf(message), undefined);
    });
  }
  for (const [message, gravity] of Object.entries(GRAVITY)) {
    it(`is ${gravity}: ${message}`, () => {
      assert.equal(lessonOf(message)?.gravity, gravity);
    });
  }
});
