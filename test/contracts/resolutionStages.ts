import assert from 'node:assert/strict';
import { applyPatch } from '../../src/core/resolution/patches/applyPatch.ts';
import { collect } from '../../src/core/resolution/feed.ts';
import { makePatch } from '../../src/core/resolution/patches/makePatch.ts';
import { AppError } from '../../src/core/model/errors.ts';
import type { CodePointer } from '../../src/core/model/resolution/codePointer.ts';
import type { Instance } from '../../src/core/model/resolution/instance.ts';
import type { Patch } from '../../src/core/model/resolution/patch.ts';
import type {
  Choice,
  Feed,
  Localization,
  PatchGeneration,
  Selection,
  Stage,
  StageWatch,
  TestGeneration,
} from '../../src/core/model/resolution/stages.ts';

/** What a stage is tried on: code that is really there, with an issue of it. */
export interface StageTrial<Tried extends Stage> {
  readonly stage: Tried;
  /** Its first place is the right one. */
  readonly instance: Instance;
  /** Text of a file of the code; `undefined` where there is none. */
  readonly read: (path: string) => string | undefined;
  /** All files of the work tree, by path. */
  readonly snapshot: () => ReadonlyMap<string, Buffer>;
}

/** Opens what is tried anew, as often as it is asked to. */
type Open<Tried extends Stage> = () => Promise<StageTrial<Tried>>;

/** What all stages keep. */
function keepsStage<Tried extends Stage>(
  open: Open<Tried>,
  run: (trial: StageTrial<Tried>, watch?: StageWatch) => Promise<unknown>,
): void {
  it('has a name and parameters that can be written', async () => {
    const { stage } = await open();
    assert.match(stage.name, /^[\w.-]+$/);
    assert.deepEqual(JSON.parse(JSON.stringify(stage.parameters)), stage.parameters);
    assert.deepEqual((await open()).stage.parameters, stage.parameters);
  });

  it('changes no file, and hands on what can cross a process', async () => {
    const trial = await open();
    const before = trial.snapshot();
    const output = await run(trial);
    assert.deepEqual(structuredClone(output), output);
    assert.deepEqual(trial.snapshot(), before);
  });

  it('stops when told to', async () => {
    const trial = await open();
    await assert.rejects(run(trial, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });
}

export function describeLocalization(name: string, open: Open<Localization>): void {
  describe(`${name} keeps the contract of a localizer`, () => {
    const locate = (
      { stage, instance }: StageTrial<Localization>,
      watch?: StageWatch,
      changes: Partial<Instance> = {},
    ): Promise<readonly CodePointer[]> => collect(stage.locate({ ...instance, ...changes }, watch));
    keepsStage(open, locate);

    it('names places of the code, each once, the best first and no place before its file', async () => {
      const trial = await open();
      const places = await locate(trial);
      assert.ok(places.length > 0);
      const scores = places.map(({ score }) => score);
      assert.deepEqual(
        scores,
        scores.toSorted((a, b) => b - a),
      );
      assert.ok(scores.every((score) => score >= 0 && score <= 1));
      const seen = new Set<string>();
      for (const { kind, path, symbol, range } of places) {
        const lines = (trial.read(path) ?? assert.fail(path)).split('\n').length;
        assert.equal(symbol !== null, kind === 'declaration');
        assert.equal(range === null, kind === 'file');
        const end = range?.end.line ?? 1;
        assert.ok((range?.start.line ?? 0) < end && end <= lines, path);
        assert.ok(kind === 'file' || seen.has(JSON.stringify(['file', path, null, null])));
        const key = JSON.stringify([kind, path, symbol, range]);
        assert.ok(!seen.has(key), key);
        seen.add(key);
      }
    });

    it('reads a revision as it reads the files', async () => {
      const key = ({ kind, path, symbol, range }: CodePointer): unknown => [
        kind,
        path,
        symbol,
        range,
      ];
      const places = (await locate(await open())).map(key);
      const atRevision = await locate(await open(), undefined, { revision: 'HEAD' });
      assert.deepEqual(atRevision.map(key), places);
    });

    it('lets a reader stop after the first place', async () => {
      const { stage, instance } = await open();
      const [place, ...others] = await collect(stage.locate(instance), 1);
      assert.deepEqual([place?.kind, others], ['file', []]);
    });

    it('says so where there is no such revision, and no such folder', async () => {
      const failing = async (changes: Partial<Instance>): Promise<unknown> =>
        locate(await open(), undefined, changes).catch((error: unknown) =>
          error instanceof AppError ? error.code : error,
        );
      assert.equal(await failing({ revision: 'f'.repeat(40) }), 'bad-argument');
      assert.equal(await failing({ folder: '/nowhere/at/all' }), 'folder-not-found');
    });
  });
}

export function describePatchGeneration(
  name: string,
  places: readonly CodePointer[],
  open: Open<PatchGeneration>,
): void {
  describe(`${name} keeps the contract of a generator of patches`, () => {
    const generate = (
      { stage, instance }: StageTrial<PatchGeneration>,
      watch?: StageWatch,
      context: Feed<CodePointer> = places,
    ): Promise<readonly Patch[]> => collect(stage.generate(context, instance, watch));
    keepsStage(open, generate);

    it('proposes patches that apply, under its name and counted', async () => {
      const trial = await open();
      const patches = await generate(trial);
      assert.ok(patches.length > 0);
      for (const patch of patches) {
        const texts = await applyPatch(patch, trial.read);
        assert.ok(!('refused' in texts), JSON.stringify(texts));
        assert.equal(patch.origin.by, trial.stage.name);
      }
      const samples = patches.map(({ origin }) => origin.sample);
      assert.deepEqual(
        samples,
        [...new Set(samples)].toSorted((a, b) => a - b),
      );
    });

    it('takes places from a stream as from a list', async () => {
      const listed = (await generate(await open())).map(({ id }) => id);
      async function* streamed(): AsyncGenerator<CodePointer, void, undefined> {
        for (const place of places) yield await Promise.resolve(place);
      }
      const ids = (await generate(await open(), undefined, streamed())).map(({ id }) => id);
      assert.deepEqual(ids, listed);
    });

    it('lets a reader stop after the first patch', async () => {
      const { stage, instance } = await open();
      assert.equal((await collect(stage.generate(places, instance), 1)).length, 1);
    });

    it('proposes nothing that does not apply where no place is known', async () => {
      const trial = await open();
      for (const patch of await generate(trial, undefined, [])) {
        assert.ok(!('refused' in (await applyPatch(patch, trial.read))));
      }
    });
  });
}

export function describeTestGeneration(
  name: string,
  { places, isBlind }: { readonly places: readonly CodePointer[]; readonly isBlind: boolean },
  open: Open<TestGeneration>,
): void {
  describe(`${name} keeps the contract of a generator of tests`, () => {
    const generate = ({ stage, instance }: StageTrial<TestGeneration>, watch?: StageWatch) =>
      collect(stage.generateTests(places, instance, watch));
    keepsStage(open, generate);

    it('writes tests that apply, in the file that is run, and tells whether they saw a patch', async () => {
      const trial = await open();
      const tests = await generate(trial);
      assert.ok(tests.length > 0);
      for (const test of tests) {
        assert.ok(!('refused' in (await applyPatch(test.patch, trial.read))));
        assert.ok(test.patch.files.some(({ path }) => path === test.path));
        assert.equal(test.isBlind, isBlind);
      }
    });
  });
}

export function describeSelection(
  name: string,
  /** All apply to the code of the instance and leave other code, the first is right. */
  proposals: readonly Patch[],
  open: Open<Selection>,
): void {
  describe(`${name} keeps the contract of a selector`, () => {
    const select = (
      { stage, instance }: StageTrial<Selection>,
      watch?: StageWatch,
      patches: Feed<Patch> = proposals,
    ) => stage.select(patches, instance, {}, watch);
    const chosen = (choice: Choice): readonly string[] =>
      choice.kind === 'chosen'
        ? [choice.patch.id]
        : choice.kind === 'tie'
          ? choice.patches.map(({ id }) => id).toSorted()
          : [];
    keepsStage(open, select);

    it('compares each patch once, the best first, and chooses among them', async () => {
      const { choice, judged } = await select(await open(), undefined, [
        ...proposals,
        ...proposals,
      ]);
      const ids = judged.map(({ patch }) => patch.id);
      assert.deepEqual(ids.toSorted(), proposals.map(({ id }) => id).toSorted());
      const scores = judged.map(({ score }) => score);
      assert.deepEqual(
        scores,
        scores.toSorted((a, b) => b - a),
      );
      assert.ok(chosen(choice).every((id) => ids.includes(id)));
      assert.ok(choice.kind !== 'tie' || choice.patches.length > 1);
    });

    it('chooses the same in whatever order patches come', async () => {
      const { choice } = await select(await open());
      const other = await select(await open(), undefined, proposals.toReversed());
      assert.deepEqual(chosen(other.choice), chosen(choice));
      assert.equal(other.choice.kind, choice.kind);
    });

    it('answers “none” where nothing was proposed, and says why', async () => {
      const { choice, judged, why } = await select(await open(), undefined, []);
      assert.deepEqual([choice.kind, judged], ['none', []]);
      assert.ok(why.length > 0);
    });

    it('passes over patches of other code', async () => {
      const path = proposals[0]?.files[0]?.path ?? '';
      const label = { origin: { by: 'other', sample: 0 } };
      const strange = makePatch([{ path, before: 'other\n', after: 'code\n' }], label);
      assert.ok(!('refused' in strange));
      const { judged } = await select(await open(), undefined, [strange, ...proposals]);
      assert.ok(judged.every(({ patch }) => patch.id !== strange.id));
    });
  });
}
