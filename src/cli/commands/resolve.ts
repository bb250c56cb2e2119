import { statSync } from 'node:fs';
import { resolve as resolvePath } from 'node:path';
import {
  GENERATORS,
  LOCALIZERS,
  type Resolution,
  SELECTORS,
  type TestLeave,
} from '../../core/model/api/resolution.ts';
import type { Engine } from '../../core/model/engine.ts';
import type { CodePointer } from '../../core/model/resolution/codePointer.ts';
import type { IssueDocument } from '../../core/model/resolution/issueDocument.ts';
import type { Patch } from '../../core/model/resolution/patch.ts';
import { formatPatch } from '../../core/platform/text/patch.ts';
import { answer } from '../command.ts';
import type { CommandSpec, Outcome, Terminal } from '../command.ts';
import { confirm } from '../confirm.ts';
import { bad, flag, isGiven, oneOf, required, text, wholeNumber } from '../input.ts';
import { TEST_OPTIONS, toLeave } from '../testLeave.ts';
import type { Input } from '../input.ts';
import type { Io } from '../io.ts';
import { readIssueInput } from '../issueInput.ts';
import type { PlaceDocument, ResolutionDocument } from '../placeDocument.ts';
import { clean } from '../text/clean.ts';

const STEPS = ['localize'] as const;

export const resolve: CommandSpec = {
  name: 'resolve',
  summary: 'where an issue has to be fixed, patches that may fix it, and the best of them',
  operands: [
    {
      name: '<issue...>',
      summary: 'its text, a file, or a SWE-bench instance as JSON; - reads standard input',
    },
  ],
  options: [
    { flags: '--repo <dir>', summary: 'the repository (default: the current folder)' },
    { flags: '--only <step>', summary: `stop after this step: ${STEPS.join(', ')}` },
    { flags: '--revision <commit>', summary: 'the code at this commit; nothing is checked out' },
    { flags: '--localizer <name>', summary: `${LOCALIZERS.join(', ')} (default: hybrid)` },
    { flags: '--generator <name>', summary: `${GENERATORS.join(', ')} (default: patterns)` },
    { flags: '--selector <name>', summary: `${SELECTORS.join(', ')} (default: mix)` },
    { flags: '-n, --limit <n>', summary: 'at most this many files, and functions (default: 10)' },
    { flags: '--candidates <n>', summary: 'at most this many patches (default: 10)' },
    { flags: '--test', summary: 'run the tests with each patch, in a checkout of their own' },
    ...TEST_OPTIONS,
    {
      flags: '--apply',
      summary: 'write the chosen patch to the files; exit code 1 where none was',
    },
    {
      flags: '--record',
      summary: 'keep what each step did in the library, without secrets, to train on it',
    },
  ],
  examples: [
    ['resolve "total of an empty cart is NaN"', 'in the current folder'],
    ['resolve issue.md --test --apply', 'fix it by what tests say of each patch'],
    ['resolve issue.md --repo ~/work/shop --revision v1.2', 'in an earlier version'],
    ['resolve - --only localize --json < failed-test.log', 'for a script'],
  ],
  async run(input, ctx) {
    const only = oneOf(input, 'only', STEPS);
    const localizer = oneOf(input, 'localizer', LOCALIZERS);
    const generator = oneOf(input, 'generator', GENERATORS);
    const selector = oneOf(input, 'selector', SELECTORS);
    const limit = wholeNumber(input, 'limit', { min: 1, max: 1000 });
    const candidates = wholeNumber(input, 'candidates', { min: 1, max: 100 });
    const issue = await readIssueInput(required(input, 0), ctx.io);
    const revision = text(input, 'revision') ?? issue.revision;
    const folder = folderOf(input, issue, ctx.io);
    const instance = {
      ...{ text: issue.text, folder },
      ...(revision !== undefined && { revision }),
    };
    const isApplied = flag(input, 'apply');
    if (isApplied && revision !== undefined) {
      throw bad('--apply writes to the files as they are, which --revision is not about');
    }
    refuseLater(input, only);
    const leave = toLeave(input);
    const options = {
      ...(localizer !== undefined && { localizer }),
      ...(limit !== undefined && { limit }),
    };
    const engine = await ctx.engine();
    if (only === 'localize') {
      const { places } = await ctx.watched((watch) =>
        engine.resolution.localize(instance, options, watch),
      );
      return answer(places.length > 0, { places: places.map(toDocument) }, describePlaces);
    }
    const tests = leave && (await confirmed(leave, folder, { engine, input, io: ctx.io }));
    const found = await ctx.watched((watch) =>
      engine.resolution.resolve(
        instance,
        {
          ...options,
          ...(generator !== undefined && { generator }),
          ...(selector !== undefined && { selector }),
          ...(candidates !== undefined && { candidates }),
          ...(tests !== undefined && { tests }),
          ...(flag(input, 'record') && { isRecorded: true }),
        },
        watch,
      ),
    );
    const patch = isApplied ? chosenPatch(found) : undefined;
    const applied = patch === undefined ? [] : await engine.resolution.apply(folder, patch);
    const document = toResolutionDocument(found, applied, limit);
    return describeResolution(document, isApplied && patch === undefined);
  },
};

/** Options about steps that are not taken. */
const LATER: Readonly<Record<string, string>> = {
  ...{ generator: '--generator', selector: '--selector', candidates: '--candidates' },
  ...{ test: '--test', testCommand: '--test-command', timeout: '--timeout', trust: '--trust' },
  ...{ network: '--network', record: '--record', apply: '--apply' },
};

function refuseLater({ options }: Input, only: (typeof STEPS)[number] | undefined): void {
  if (only === undefined) return;
  const [, name] = Object.entries(LATER).find(([key]) => isGiven(options[key])) ?? [];
  if (name !== undefined) throw bad(`--only ${only} ends before ${name} would do anything`);
}

function chosenPatch({ selected: { choice } }: Resolution): Patch | undefined {
  return choice.kind === 'chosen' ? choice.patch : undefined;
}

/**
 * Places are an answer, also without a patch, and so is what mended it already.
 *
 * @param isMissed whether a patch was to be written, and none was chosen
 */
function describeResolution(document: ResolutionDocument, isMissed: boolean): Outcome {
  const { choice, places, mendedBy } = document;
  const isFound = (choice !== 'none' || places.length > 0 || mendedBy !== null) && !isMissed;
  return answer(isFound, document, async (safe, terminal) => {
    const { formatResolution } = await import('../text/resolutionText.ts');
    const text = formatResolution(safe, terminal);
    return isMissed ? `${text}\n\nNothing was written: no one patch was chosen.` : text;
  });
}

async function describePlaces(
  { places }: { readonly places: readonly PlaceDocument[] },
  terminal: Terminal,
): Promise<string> {
  if (places.length === 0) return 'nothing found: no word of the issue is in the code';
  const { formatPlaces } = await import('../text/placesText.ts');
  return formatPlaces(places, terminal);
}

/** Shows what would run, and takes a person's word for it. */
async function confirmed(
  leave: Omit<TestLeave, 'isTrusted'>,
  folder: string,
  { engine, input, io }: { readonly engine: Engine; readonly input: Input; readonly io: Io },
): Promise<TestLeave> {
  const command = await engine.resolution.testCommand(folder, { ...leave, isTrusted: false });
  await io.stderr.write(`The tests run by: ${clean(JSON.stringify(command))}\n`);
  const isTrusted = flag(input, 'trust') || (await confirm(io, 'Run them with each patch?'));
  return { ...leave, isTrusted };
}

const PLACES_SHOWN = 10;

function toResolutionDocument(
  { places, patches, selected, mendedBy }: Resolution,
  applied: readonly string[],
  limit = PLACES_SHOWN,
): ResolutionDocument {
  const { choice, judged, why, notes } = selected;
  const few = (kinds: (place: CodePointer) => boolean): readonly CodePointer[] =>
    places.filter(kinds).slice(0, limit);
  const shown = new Set([
    ...few(({ kind }) => kind === 'file'),
    ...few(({ kind }) => kind !== 'file'),
  ]);
  return {
    places: places.filter((place) => shown.has(place)).map(toDocument),
    mendedBy,
    choice: choice.kind,
    why: why.map((reason) => reason.text),
    notes: notes.map((note) => note.text),
    candidates: judged.map(({ patch, score, isTested, why: reasons }) => ({
      id: patch.id,
      by: patch.origin.by,
      isChosen: choice.kind === 'chosen' && choice.patch.id === patch.id,
      score,
      isTested: isTested === true,
      why: reasons.map((reason) => reason.text),
      diff: formatPatch(patch.files),
    })),
    proposals: patches.length,
    applied,
  };
}

function toDocument(place: CodePointer): PlaceDocument {
  return { ...place, why: place.why.map((reason) => reason.text) };
}

/** What an instance says of its repository is only taken where it is a folder. */
function folderOf(input: Input, { repository }: IssueDocument, { cwd }: Io): string {
  const named = text(input, 'repo');
  if (named !== undefined) return resolvePath(cwd, named);
  const folder = resolvePath(cwd, repository ?? '.');
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true ? folder : cwd;
}
