import assert from 'node:assert/strict';

import type { TestRepository } from '../../support/projects/repository.ts';
import { createSampleProject } from '../../support/projects/sampleProject.ts';
import { eventually } from '../support/eventually.ts';
import { openDetails } from '../support/details.ts';
import { learn, listPatterns, runCommandLine } from '../support/learn.ts';
import { findWrongs } from '../support/looks.ts';
import { openVscode } from '../support/vscode.ts';

const SESSION = ['--session', 'session-2026-06-15', '--task', 'slow dashboard'];

describe('the history of ratings', () => {
  let project: TestRepository;

  beforeEach(() => {
    project = createSampleProject();
  });
  afterEach(() => {
    project.remove();
  });

  it('tells what was changed and taken back, wherever it was said', async () => {
    const vscode = await openVscode();
    learn(vscode, project.folder);
    const id = listPatterns(vscode).find(({ name }) => name === 'median')?.id ?? '';
    for (const rating of ['2', '3', 'up']) runCommandLine(vscode, 'rate', id, rating, ...SESSION);

    const workbench = await vscode.open({ folder: project.folder });
    const browser = await workbench.openBrowser();
    await openDetails(workbench, /^Function median/);
    const ratings = browser.locator('details.section', { hasText: 'Ratings' });
    await ratings.locator('summary').first().click();
    const told = (): Promise<readonly string[]> =>
      ratings.locator('.rating').evaluateAll((lines) =>
        lines.map((line) => {
          const parts = [...line.querySelectorAll('.rating-said > *, .rating-place')];
          return parts.map(({ textContent }) => textContent).join(', ');
        }),
      );
    const bySession = [
      '5 of 5, Task slow dashboard, session session-2026-06-15',
      '3 of 5, replaced, Task slow dashboard, session session-2026-06-15',
      '2 of 5, replaced, Task slow dashboard, session session-2026-06-15',
    ];
    await eventually(async () => {
      assert.deepEqual(await told(), bySession);
    });

    const thumb = (name: string): Promise<void> =>
      browser.locator('.details-bar').getByRole('button', { name }).click();
    for (const [name, latest] of [
      ['Thumbs up', '5 of 5'],
      ['Thumbs down', '1 of 5'],
      ['Thumbs down', 'Removed 1 of 5'],
    ] as const) {
      await thumb(name);
      await eventually(async () => {
        assert.equal((await told())[0], latest);
      });
    }
    await ratings.locator('.rest > summary').click();
    assert.deepEqual(await told(), [
      'Removed 1 of 5',
      '1 of 5, taken back',
      '5 of 5, replaced',
      ...bySession,
    ]);
    await ratings.scrollIntoViewIfNeeded();
    assert.deepEqual(await findWrongs(project.folder, workbench, 'ratingHistory'), []);
  });
});
