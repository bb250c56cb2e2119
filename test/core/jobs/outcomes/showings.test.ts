import assert from 'node:assert/strict';
import {
  openShowings,
  type AskedFor,
  type Showings,
} from '../../../../src/core/jobs/outcomes/showings.ts';
import { AppError } from '../../../../src/core/model/errors.ts';
import type { EventBody } from '../../../../src/core/model/event.ts';
import { localized } from '../../../../src/core/model/localizedText.ts';

const ROWS = [{ pattern: 'aaaaaaaaaaaaaaaa' }];
const LOOK = { surface: 'inject' as const, shown: ROWS };
const ASKED: AskedFor = { text: 'retry', project: 'git:1', surface: 'list', session: undefined };

function open(record: (bodies: readonly EventBody[]) => void = () => undefined): Showings {
  const library = {
    readOnlyReason: undefined,
    versions: { names: () => new Map<string, string>() },
    record: (bodies: readonly EventBody[]) => {
      record(bodies);
      return Promise.resolve([]);
    },
  };
  return openShowings({ library, writer: 'abcdef012345', now: () => 0 });
}

describe('answers that were shown', () => {
  let showings: Showings;
  beforeEach(() => {
    showings = open();
  });
  afterEach(() => showings.close());
  const idOf = (asked: Partial<AskedFor>): string | undefined =>
    showings.showAnswers(ROWS, { ...ASKED, ...asked }).get(ROWS[0]?.pattern ?? '');

  it('are the same ones to whoever types on or takes letters back', () => {
    const first = idOf({});
    assert.equal(idOf({ text: 'retry call' }), first);
    assert.equal(idOf({ text: 'retr' }), first);
    assert.notEqual(idOf({ text: 'clamp' }), first);
  });

  it('are others on another surface, in another project and to somebody else', () => {
    for (const other of [{ surface: 'mcp' as const }, { project: 'git:2' }, { session: 's2' }]) {
      const first = idOf({});
      assert.notEqual(idOf(other), first, JSON.stringify(other));
    }
  });
});

describe('what was shown', () => {
  it('is written also after something went wrong, which is told in the end', async () => {
    const written: EventBody[] = [];
    let failure: Error | undefined = new TypeError('broken');
    const showings = open((bodies) => {
      if (failure !== undefined) throw failure;
      written.push(...bodies);
    });
    await assert.rejects(showings.show(LOOK, undefined), /broken/);
    failure = undefined;
    await showings.show(LOOK, undefined);
    assert.equal(written.length, 1);
    await assert.rejects(showings.close(), /broken/);
  });

  it('is not waited for where the disk is full', async () => {
    const showings = open(() => {
      throw new AppError('disk-full', localized`the disk is full`);
    });
    assert.deepEqual(await showings.show(LOOK, undefined), ['abcdef012345.0']);
    await showings.close();
  });
});
