import assert from 'node:assert/strict';
import { creditByRemoval } from '../../../../src/core/learning/credit/counterfactual/removal.ts';
import { stepChanges } from '../../../../src/core/learning/credit/counterfactual/stepChanges.ts';
import type { Session } from '../../../../src/core/model/sessions/session.ts';
import {
  addStep,
  answerCall,
  createDraft,
  finishDraft,
  WHOLE,
} from '../../../../src/core/sessions/draft.ts';

type Edit = readonly [path: string, before: string, after: string];

/** A session that made these edits, one a step, and the texts they lead to. */
function edited(
  start: Readonly<Record<string, string>>,
  edits: readonly Edit[],
): { readonly session: Session; readonly texts: Map<string, string> } {
  const draft = createDraft('claude-code', 's', WHOLE);
  const texts = new Map(Object.entries(start));
  for (const [at, [path, before, after]] of edits.entries()) {
    const calls = [{ id: `${at}`, name: 'Edit', edits: [{ path: `/w/${path}`, before, after }] }];
    addStep(draft, { at: undefined, source: 'agent', text: `edit ${at}`, calls });
    answerCall(draft, `${at}`, { at: undefined, text: 'done' });
    texts.set(path, (texts.get(path) ?? '').replace(before, after));
  }
  return { session: finishDraft(draft), texts };
}

async function credit(
  { session, texts }: ReturnType<typeof edited>,
  passes: (texts: ReadonlyMap<string, string | undefined>) => boolean,
) {
  const read = (path: string): string | undefined => texts.get(path);
  const files = { toPath: (path: string) => path.replace('/w/', ''), read };
  return creditByRemoval(stepChanges(session, files), read, (changed) =>
    Promise.resolve(passes(new Map([...texts, ...changed])) ? 'passed' : 'failed'),
  );
}

const LINES = Array.from({ length: 60 }, (_, at) => `line ${at}\n`).join('');

describe('credit by taking changes out', () => {
  it('goes to the change without which the tests fail', async () => {
    const made = edited({ 'a.py': LINES, 'b.py': LINES }, [
      ['a.py', 'line 3\n', 'line three\n'],
      ['b.py', 'line 9\n', 'fixed\n'],
      ['a.py', 'line 30\n', 'line thirty\n'],
      ['b.py', 'line 40\n', 'line forty\n'],
    ]);
    const { shares, entangled, notes } = await credit(made, (texts) =>
      (texts.get('b.py') ?? '').includes('fixed'),
    );
    assert.deepEqual([...shares], [[1, 1]]);
    assert.deepEqual([entangled, notes], [[], []]);
  });

  it('is shared by changes that need each other', async () => {
    const made = edited({ 'a.py': LINES }, [
      ['a.py', 'line 3\n', 'one\n'],
      ['a.py', 'line 20\n', 'decoy\n'],
      ['a.py', 'line 40\n', 'two\n'],
    ]);
    const { shares } = await credit(made, (texts) => {
      const text = texts.get('a.py') ?? '';
      return text.includes('one') && text.includes('two');
    });
    assert.deepEqual(
      [...shares],
      [
        [0, 0.5],
        [2, 0.5],
      ],
    );
  });

  it('takes out together what was changed twice', async () => {
    const made = edited({ 'a.py': LINES }, [
      ['a.py', 'line 30\n', 'first try\n'],
      ['a.py', 'line 5\n', 'decoy\n'],
      ['a.py', 'first try\n', 'second try\n'],
    ]);
    const { shares, notes } = await credit(made, (texts) =>
      (texts.get('a.py') ?? '').includes('second try'),
    );
    // The second alone takes out what the tests look for.
    assert.deepEqual(
      [...shares],
      [
        [0, 0.5],
        [2, 0.5],
      ],
    );
    assert.match(notes[0]?.text ?? '', /steps 0, 2 can only be taken out together/);
  });

  it('takes back a file that a step made', async () => {
    const made = edited({ 'a.py': LINES }, [
      ['new.py', '', 'def f(): pass\n'],
      ['a.py', 'line 5\n', 'decoy\n'],
    ]);
    const { shares } = await credit(made, (texts) => texts.get('new.py') !== undefined);
    assert.deepEqual([...shares], [[0, 1]]);
  });

  it('tells what can no longer be told apart', async () => {
    const made = edited({ 'a.py': LINES }, [
      ['a.py', 'line 7\n', 'line 8\n'],
      ['a.py', 'line 40\n', 'fixed\n'],
    ]);
    const { shares, entangled } = await credit(made, (texts) =>
      (texts.get('a.py') ?? '').includes('fixed'),
    );
    assert.deepEqual(entangled, [0]);
    assert.deepEqual([...shares], [[1, 1]]);
  });

  it('tells a change that another one makes needless', async () => {
    const made = edited({ 'a.py': LINES, 'b.py': LINES }, [
      ['a.py', 'line 3\n', 'fixed\n'],
      ['b.py', 'line 3\n', 'fixed\n'],
    ]);
    const { shares, notes } = await credit(made, (texts) =>
      [...texts.values()].some((text) => text?.includes('fixed')),
    );
    assert.equal(shares.size, 1);
    assert.match(notes[0]?.text ?? '', /another one does the same/);
  });

  it('gives nothing where the tests tell nothing', async () => {
    const made = edited({ 'a.py': LINES }, [['a.py', 'line 3\n', 'x\n']]);
    const blind = await credit(made, () => true);
    assert.match(blind.notes[0]?.text ?? '', /pass without all of the changes/);
    const broken = await credit(made, () => false);
    assert.match(broken.notes[0]?.text ?? '', /do not pass in the end/);
    assert.deepEqual([blind.shares.size, broken.shares.size], [0, 0]);
  });
});
