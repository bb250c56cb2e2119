import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import type { EventBody, LibraryEvent } from '../../../../src/core/model/event.ts';
import { compactJournal } from '../../../../src/core/library/journal/compact/compaction.ts';
import { openJournal, type Journal } from '../../../../src/core/library/journal/journal.ts';
import { scanJournal } from '../../../../src/core/library/journal/scan.ts';
import type { Offsets } from '../../../../src/core/library/journal/offsets.ts';
import {
  compactionOf,
  fileOf,
  fragment,
  MACHINE,
  rating,
  readAll,
  winnersOf,
} from '../../../support/library/journal.ts';
import {
  createMemoryFileSystem,
  errnoError,
  Killed,
  MEMORY_FOLDER,
  type MemoryFileSystem,
} from '../../../support/memoryFileSystem.ts';

const folder = MEMORY_FOLDER;

function open(fileSystem: MemoryFileSystem): Journal {
  return openJournal({ folder, random: randomBytes, now: () => 0, machine: MACHINE, fileSystem });
}

function compactMemory(fileSystem: MemoryFileSystem, purge: boolean): void {
  compactJournal(compactionOf(folder, { fileSystem, purge, now: () => 0 }));
}

/** Two writers, one of them sealed and folded while it lives, and two compactions. */
function work(fileSystem: MemoryFileSystem, acknowledged: LibraryEvent[]): void {
  const a = open(fileSystem);
  acknowledged.push(...a.append([rating('a'), rating('b')]));
  const b = open(fileSystem);
  acknowledged.push(...b.append([fileOf('x.py', [fragment('f')])]));
  b.close();
  compactMemory(fileSystem, false);
  a.scan(new Map(), () => undefined);
  acknowledged.push(...a.append([rating('a', 1), fileOf('x.py', [])]));
  acknowledged.push(...a.append([rating('c')]));
  a.close();
  compactMemory(fileSystem, true);
}

function assertNothingLost(
  fileSystem: MemoryFileSystem,
  acknowledged: readonly LibraryEvent[],
): void {
  const found = readAll(folder, fileSystem);
  assert.deepEqual(winnersOf(found), winnersOf([...acknowledged, ...found]));
}

describe('a process killed at any instant', () => {
  for (const powerLoss of [false, true]) {
    const name = powerLoss ? 'power lost' : 'process killed';
    it(`[rule 10] loses nothing acknowledged: ${name} at each call of append and compaction`, () => {
      let isComplete = false;
      let call = 0;
      while (!isComplete) {
        const fileSystem = createMemoryFileSystem();
        const acknowledged: LibraryEvent[] = [];
        fileSystem.killAt(++call);
        try {
          work(fileSystem, acknowledged);
          isComplete = true;
        } catch (error) {
          if (!(error instanceof Killed)) throw error;
        }
        fileSystem.restart(powerLoss);
        assertNothingLost(fileSystem, acknowledged);
        compactMemory(fileSystem, false);
        assertNothingLost(fileSystem, acknowledged);
        open(fileSystem).append([rating('later')]);
        assertNothingLost(fileSystem, acknowledged);
      }
      assert.ok(call > 100);
    });
  }

  for (const code of ['EIO', 'EBUSY', 'EPERM', 'ENOENT', 'ENOSPC']) {
    it(`[rule 10] deletes nothing that is not elsewhere when any one call fails with ${code}`, () => {
      let failed = true;
      for (let call = 1; failed; call++) {
        const memory = createMemoryFileSystem();
        const acknowledged: LibraryEvent[] = [];
        for (const pattern of ['a', 'b', 'a']) {
          const journal = open(memory);
          acknowledged.push(...journal.append([rating(pattern)]));
          journal.close();
        }
        failed = compactWithFault(memory, memory.calls + call, code);
        assertNothingLost(memory, acknowledged);
        compactMemory(memory, true);
        assertNothingLost(memory, acknowledged);
        const [base = '', ...others] = memory.names().filter((name) => !name.endsWith('.seal'));
        assert.deepEqual(others, []);
        // What remains says nothing of files that were deleted on purpose.
        const { lost } = scanJournal({ folder, fileSystem: memory }, new Map(), () => undefined);
        assert.deepEqual(lost, [], base);
      }
    });
  }
});

/** @returns whether the call came to pass */
function compactWithFault(memory: MemoryFileSystem, call: number, code: string): boolean {
  let failed = false;
  const fileSystem = new Proxy(memory, {
    get(target, name, receiver): unknown {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return (...values: unknown[]): unknown => {
        if (memory.calls + 1 === call && !failed) {
          failed = true;
          // A file whose closing fails is closed all the same.
          if (name === 'close') Reflect.apply(member, target, values);
          throw errnoError(code);
        }
        return Reflect.apply(member, target, values) as unknown;
      };
    },
  });
  try {
    compactMemory(fileSystem, false);
  } catch (error) {
    assert.ok(error instanceof Error && 'code' in error, String(error));
  }
  return failed;
}

type Step =
  | { readonly do: 'append'; readonly journal: number; readonly bodies: readonly EventBody[] }
  | { readonly do: 'scan' | 'close'; readonly journal: number }
  | { readonly do: 'compact' };

const JOURNALS = 3;
const anyJournal = fc.nat(JOURNALS - 1);
const anyPattern = fc.constantFrom('a', 'b', 'c');
const anySubject = fc.oneof(
  anyPattern.map((pattern) => ({ pattern })),
  fc.constantFrom('git:root', 'dir:x').map((project) => ({ project })),
);
const anyBody: fc.Arbitrary<EventBody> = fc.oneof(
  fc
    .tuple(anyPattern, fc.constantFrom(1, 5, null))
    .map(([pattern, stars]) => rating(pattern, stars)),
  fc.tuple(anyPattern, anyPattern).map(([path, id]) => fileOf(path, [fragment(id)])),
  fc.record({
    type: fc.constant('edit' as const),
    pattern: anyPattern,
    name: fc.constantFrom('n', 'm'),
  }),
  fc
    .tuple(anyPattern, fc.constantFrom('n', 'm'))
    .map(([pattern, description]) => ({ type: 'edit' as const, pattern, description })),
  anySubject.map((subject) => ({ type: 'forget' as const, subject, purge: false })),
  anySubject.map((subject) => ({ type: 'restore' as const, subject })),
  fc.tuple(anyPattern, fc.nat(9)).map(([pattern, count]) => ({
    type: 'impressions' as const,
    writer: 'w',
    day: '2026-01-01',
    counts: { [pattern]: count },
  })),
  fc.record({
    type: fc.constant('project' as const),
    project: fc.constant('git:root'),
    name: fc.constantFrom('n', 'm'),
    aliases: fc.subarray(['dir:x', 'dir:y']),
  }),
  fc.record({ type: fc.constant('succession' as const), from: anyPattern, to: anyPattern }),
);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      journal: anyJournal,
      bodies: fc.array(anyBody, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('scan' as const), journal: anyJournal }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), journal: anyJournal }) },
  { weight: 2, arbitrary: fc.constant({ do: 'compact' as const }) },
);

describe('several journals of one library', () => {
  it('[rule 9] see the same winners as all that was ever appended, however it was folded', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
        const fileSystem = createMemoryFileSystem();
        const journals = Array.from({ length: JOURNALS }, () => open(fileSystem));
        const offsets: Offsets[] = journals.map(() => new Map());
        const seen: LibraryEvent[][] = journals.map(() => []);
        const appended: LibraryEvent[] = [];
        const scan = (index: number): void => {
          const result = journals[index]?.scan(offsets[index] ?? new Map(), (event) => {
            seen[index]?.push(event);
          });
          offsets[index] = result?.offsets ?? new Map();
        };
        for (const step of steps) {
          if (step.do === 'compact') compactMemory(fileSystem, false);
          else if (step.do === 'scan') scan(step.journal);
          else if (step.do === 'append') {
            appended.push(...(journals[step.journal]?.append(step.bodies) ?? []));
          } else {
            journals[step.journal]?.close();
            journals[step.journal] = open(fileSystem);
          }
        }
        const expected = winnersOf(appended);
        assert.deepEqual(winnersOf(readAll(folder, fileSystem)), expected);
        for (let index = 0; index < JOURNALS; index++) {
          scan(index);
          assert.deepEqual(winnersOf(seen[index] ?? []), expected);
        }
      }),
      { numRuns: 200 },
    );
  });
});
