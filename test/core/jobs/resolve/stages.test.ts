import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { createOpenAiModel } from '../../../../src/core/chat/openAiModel.ts';
import { importPlaces } from '../../../../src/core/jobs/experiments/imported/importPlaces.ts';
import { createLocalizer } from '../../../../src/core/jobs/resolve/localizers/createLocalizer.ts';
import {
  createGenerator,
  openSelector,
  type StageParts,
} from '../../../../src/core/jobs/resolve/stageParts.ts';
import { GENERATORS, LOCALIZERS, SELECTORS } from '../../../../src/core/model/api/resolution.ts';
import type { Library } from '../../../../src/core/model/ports/library.ts';
import type { CodePointer } from '../../../../src/core/model/resolution/codePointer.ts';
import { named } from '../../../../src/core/model/resolution/instance.ts';
import type { Patch } from '../../../../src/core/model/resolution/patch.ts';
import type { Stage } from '../../../../src/core/model/resolution/stages.ts';
import { makePatch } from '../../../../src/core/resolution/patches/makePatch.ts';
import { openWords, type Words } from '../../../../src/core/retrieval/words/words.ts';
import { createSecretGate } from '../../../../src/core/secrets/gate.ts';
import { loadConfig } from '../../../../src/core/sources/config/config.ts';
import {
  describeLocalization,
  describePatchGeneration,
  describeSelection,
  describeTestGeneration,
  type StageTrial,
} from '../../../contracts/resolutionStages.ts';
import { ASSETS } from '../../../support/assets.ts';
import {
  type ChatServer,
  type SentRequest,
  startChatServer,
} from '../../../support/model/chatServer.ts';
import { filesBelow, openBench } from '../../../support/engine/engine.ts';
import { openTestLibrary, removeLibraries } from '../../../support/library/library.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';
import { CART, CART_TESTS, GOOD, TEST } from '../../../support/resolution/scriptedFixes.ts';

/** Two of a kind; the one is mended in the history. */
function reading(name: string, what: string, guard = ''): string {
  return [
    `def ${name}(${what}, limit):`,
    ...(guard === '' ? [] : [`    if ${what} is None:`, `        raise ValueError("${guard}")`]),
    `    handle = open_shared(${what}, limit)`,
    '    lines = handle.read_lines(limit)',
    '    return [line.strip() for line in lines]',
    '',
  ].join('\n');
}

const FILES: readonly CodePointer[] = ['shop/cart.py', 'shop/orders.py'].map((path) => ({
  ...{ kind: 'file', path, symbol: null, range: null, score: 1, signals: {}, why: [] },
}));
/** Of a traceback that passes through it. */
const FUNCTION: CodePointer = {
  ...{ kind: 'declaration', path: 'shop/orders.py', symbol: 'read_orders' },
  range: { start: { line: 0, character: 0 }, end: { line: 4, character: 0 } },
  ...{ score: 0.9, signals: { traceback: 1 }, why: [] },
};
const PLACES = [...FILES, FUNCTION];

function proposal(after: string): Patch {
  const label = { origin: { by: 'tried', sample: 0 } };
  const patch = makePatch([{ path: 'shop/cart.py', before: CART, after }], label);
  if ('refused' in patch) throw new Error(patch.refused);
  return patch;
}
const PROPOSALS = ['', ' - 2', ' - 3'].map((end) => proposal(CART.replace(' - 1', end)));

const ISSUE = 'reading fails without a clear error, and the total is too low\n\n`total` of prices';

/** A model that answers any question in the form that is asked for. */
function answer({ body }: SentRequest): { readonly text: string } {
  const said = body.messages.map(({ content }) => content).join('\n');
  const asked = JSON.stringify(body.response_format ?? {});
  const answers: readonly (readonly [field: string, answer: unknown])[] = [
    ['files', { files: ['shop/cart.py', 'shop/orders.py'] }],
    ['elements', { elements: [{ path: 'shop/cart.py', symbol: 'total' }] }],
    ['places', { places: [{ path: 'shop/cart.py', first: 2, last: 2 }] }],
    ['relevant', { relevant: true, reason: 'it sums' }],
    ['sure', { sure: sureOf(said), test: '' }],
  ];
  const shaped = answers.find(([field]) => asked.includes(`"${field}"`));
  if (shaped !== undefined) return { text: JSON.stringify(shaped[1]) };
  const task = body.messages.at(-1)?.content ?? '';
  if (task.includes('Answer DONE')) return { text: 'DONE' };
  return { text: /write .{0,40}file of tests/i.test(task) ? TEST : GOOD };
}

/** Sure of the patch that takes out what is wrong, wherever it stands. */
function sureOf(said: string): readonly number[] {
  const shown = said.split(/^Patch \d+/m).slice(1);
  return shown.map((patch) => (/^\+ {4}return sum\(prices\)$/m.test(patch) ? 1 : 0.2));
}

describe('stages of resolving an issue', function () {
  this.timeout(60_000);
  let repository: TestRepository;
  let libraryFolder: string;
  let library: Library;
  let words: Words;
  let server: ChatServer;

  before(async () => {
    repository = createRepository();
    repository.commit([
      {
        message: 'first',
        files: {
          'shop/cart.py': CART,
          'shop/users.py': reading('read_users', 'user'),
          'shop/orders.py': reading('read_orders', 'order'),
        },
      },
      {
        message: 'fix: reading users fails with a clear error when there is none',
        files: { 'shop/users.py': reading('read_users', 'user', 'nothing to read') },
      },
    ]);
    repository.git('reset', '--quiet', '--hard', 'main');
    const bench = await openBench(repository.folder);
    await bench.extract();
    await bench.engine.close();
    libraryFolder = bench.library;
    library = await openTestLibrary(libraryFolder, { gate: createSecretGate() });
    words = openWords({ folder: join(libraryFolder, 'derived'), corpus: library.corpus });
    server = await startChatServer(answer);
    await importPlacesOfAnother();
  });
  after(async () => {
    await server.close();
    removeLibraries();
    repository.remove();
    rmSync(dirname(libraryFolder), { recursive: true });
  });

  const importPlacesOfAnother = async (): Promise<void> => {
    const located = join(dirname(libraryFolder), 'loc_outputs.jsonl');
    const instances = join(dirname(libraryFolder), 'instances.jsonl');
    const found = { found_files: ['shop/cart.py'], found_edit_locs: [['function: total']] };
    writeFileSync(located, JSON.stringify({ instance_id: 'total', ...found }));
    writeFileSync(instances, JSON.stringify({ instance_id: 'total', problem_statement: ISSUE }));
    const { folder } = repository;
    await importPlaces(codeParts(), { located, instances, repository: folder }, {});
  };

  const codeParts = () => ({
    ...{ libraryFolder, assetsDir: ASSETS, gate: createSecretGate(), now: Date.now },
    settings: (folder: string) => loadConfig(folder, {}).config,
  });

  const trialOf =
    <Tried extends Stage>(create: (parts: StageParts) => Promise<Tried>) =>
    async (): Promise<StageTrial<Tried>> => {
      const model = createOpenAiModel({
        ...{ address: server.address, key: undefined, name: 'scripted', silenceMs: 5_000 },
      });
      const stage = await create({
        ...codeParts(),
        env: process.env,
        ...{
          current: () => library,
          words: () => words,
          chat: () => Promise.resolve({ model, spent: () => ({ tokens: 0, usd: 0, calls: 0 }) }),
        },
        ...{
          tests: { command: CART_TESTS, isTrusted: true },
          most: undefined,
          note: (tests) => tests,
        },
      });
      return {
        stage,
        instance: named({ text: ISSUE, folder: repository.folder }),
        read: (path) => textOf(join(repository.folder, path)),
        snapshot: () => workTree(repository.folder),
      };
    };

  for (const name of LOCALIZERS) {
    describeLocalization(
      name,
      trialOf((parts) => createLocalizer(name, parts)),
    );
  }
  for (const name of GENERATORS) {
    describePatchGeneration(
      name,
      PLACES,
      trialOf((parts) => createGenerator(parts, name)),
    );
  }
  for (const [name, isBlind] of [
    ['agentless', true],
    ['codemonkeys', false],
  ] as const) {
    describeTestGeneration(
      name,
      { places: PLACES, isBlind },
      trialOf(async (parts) => {
        const generator = await createGenerator(parts, name);
        return 'generateTests' in generator ? generator : assert.fail(name);
      }),
    );
  }
  for (const name of SELECTORS) {
    describeSelection(
      name,
      PROPOSALS,
      trialOf((parts) => openSelector(parts, name)),
    );
  }
});

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** What git keeps of its own is not part of it. */
function workTree(folder: string): ReadonlyMap<string, Buffer> {
  return new Map([...filesBelow(folder)].filter(([path]) => !path.split('/').includes('.git')));
}
