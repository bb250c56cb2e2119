import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createOpenAiModel } from '../../../../../src/core/chat/openAiModel.ts';
import { createAgentless } from '../../../../../src/core/jobs/resolve/localizers/agentless.ts';
import { createCodemonkeys } from '../../../../../src/core/jobs/resolve/localizers/codemonkeys.ts';
import { createComposed } from '../../../../../src/core/jobs/resolve/localizers/composed.ts';
import {
  createHybrid,
  type RankedParts,
} from '../../../../../src/core/jobs/resolve/localizers/ranked.ts';
import { named } from '../../../../../src/core/model/resolution/instance.ts';
import type { Localization } from '../../../../../src/core/model/resolution/stages.ts';
import { collect } from '../../../../../src/core/resolution/feed.ts';
import { createSecretGate } from '../../../../../src/core/secrets/gate.ts';
import { loadConfig } from '../../../../../src/core/sources/config/config.ts';
import { ASSETS } from '../../../../support/assets.ts';
import {
  type ChatServer,
  type ScriptedReply,
  type SentRequest,
  startChatServer,
} from '../../../../support/model/chatServer.ts';
import { createRepository, type TestRepository } from '../../../../support/projects/repository.ts';

const TANK = `class Tank:
    def fill(self, litres):
        self.level += litres
        if self.level > self.size:
            raise OverflowError("tank is full")

    def drain(self):
        self.level = 0
`;
const PUMP = `class Pump:
    def run(self, tank):
        while tank.level < tank.size:
            tank.fill(10)

    def stop(self):
        self.running = False
`;
const ISSUE = 'Pump overfills the tank\n\nrun() raises OverflowError: tank is full.';
/** Assembled, so that no scanner takes it for a real one. */
const SECRET = ['AKIA', 'QWERTYUIOPASDFGH'].join('');

const json = (value: unknown): ScriptedReply => ({ text: JSON.stringify(value) });
const said = ({ body }: SentRequest): string =>
  body.messages.map(({ content }) => content).join('\n');

describe('localizers that ask a language model', () => {
  let repository: TestRepository;
  let library: string;
  let server: ChatServer | undefined;

  before(() => {
    repository = createRepository();
    repository.commit([
      {
        message: 'first',
        files: {
          'plant/tank.py': TANK,
          'plant/pump.py': PUMP,
          'plant/keys.py': `TANK_KEY = "${SECRET}"\n\n\ndef tank_key():\n    return TANK_KEY\n`,
        },
      },
      { message: 'gone', files: { 'plant/pump.py': null } },
    ]);
    library = mkdtempSync(join(tmpdir(), 'pattern-foundry-localizers-'));
  });
  afterEach(() => server?.close());
  after(() => {
    repository.remove();
    rmSync(library, { recursive: true });
  });

  const parts = (): RankedParts => ({
    ...{ libraryFolder: library, assetsDir: ASSETS, gate: createSecretGate(), now: Date.now },
    settings: (folder) => loadConfig(folder, {}).config,
  });
  const withModel = async (script: Parameters<typeof startChatServer>[0]) => {
    server = await startChatServer(script);
    const { address } = server;
    const model = createOpenAiModel({
      address,
      key: undefined,
      name: 'scripted',
      silenceMs: 2_000,
    });
    return { ...parts(), model };
  };
  // The commit before the last one, which nobody has checked out.
  const locate = async (localizer: Localization) => {
    const issue = { text: ISSUE, folder: repository.folder, revision: 'main~1' };
    return collect(localizer.locate(named(issue)));
  };
  const namesOf = async (localizer: Localization): Promise<readonly string[]> =>
    (await locate(localizer)).map(({ kind, path, symbol, range }) =>
      [kind, path, symbol ?? '', range === null ? '' : `${range.start.line}-${range.end.line}`]
        .filter((part) => part !== '')
        .join(' '),
    );

  describe('agentless', () => {
    it('goes from the tree to files, to functions, to lines', async () => {
      const localizer = createAgentless(
        await withModel([
          json({ files: ['plant/pump.py', 'plant/tank.py'] }),
          json({ elements: [{ path: 'plant/pump.py', symbol: 'Pump.run' }] }),
          json({ places: [{ path: 'plant/pump.py', first: 3, last: 4 }] }),
        ]),
      );
      assert.deepEqual(await namesOf(localizer), [
        'file plant/pump.py',
        'file plant/tank.py',
        'declaration plant/pump.py Pump.run 1-4',
        'lines plant/pump.py 2-4',
      ]);
      const [tree = '', outline = '', code = ''] = (server?.requests ?? []).map(said);
      assert.match(tree, /plant\/keys\.py/);
      assert.doesNotMatch(tree, /while tank/);
      assert.match(outline, /function Pump\.run \(lines 2 to 4\)/);
      assert.match(code, /3: {9}while tank\.level/);
      assert.doesNotMatch(code, /def stop/);
    });

    it('leaves out what a model makes up, and lines outside of what was shown', async () => {
      const localizer = createAgentless(
        await withModel([
          json({ files: ['../../etc/passwd', 'plant/pump.py', 'plant/pump.py', 'plant/no.py'] }),
          json({
            elements: [
              { path: 'plant/pump.py', symbol: 'Pump.explode' },
              { path: 'plant/tank.py', symbol: 'Tank.fill' },
              { path: 'plant/pump.py', symbol: 'Pump.run' },
            ],
          }),
          json({
            places: [
              { path: 'plant/pump.py', first: 900, last: 901 },
              { path: 'plant/pump.py', first: -5, last: 2 },
            ],
          }),
        ]),
      );
      assert.deepEqual(await namesOf(localizer), [
        'file plant/pump.py',
        'declaration plant/pump.py Pump.run 1-4',
        'lines plant/pump.py 1-2',
      ]);
    });

    it('answers without the model where its answers are of no use', async () => {
      const nonsense = createAgentless(await withModel(() => ({ text: 'I would look around.' })));
      const found = await locate(nonsense);
      assert.deepEqual(found, await locate(createHybrid(parts())));
      assert.ok(found.length > 0);
    });

    it('keeps the step before where a later one is of no use', async () => {
      const localizer = createAgentless(
        await withModel(({ body }) => {
          const asksForFiles = body.messages.some(({ content }) =>
            content.includes('exactly as it'),
          );
          return asksForFiles ? json({ files: ['plant/tank.py'] }) : { text: '{"elements": 7}' };
        }),
      );
      assert.deepEqual(await namesOf(localizer), ['file plant/tank.py']);
    });

    it('says so where the model fails, and stops when told to', async () => {
      const failing = createAgentless(await withModel([{ status: 401, message: 'no key' }]));
      await assert.rejects(locate(failing), { code: 'model-failed' });
      await server?.close();
      const endless = createAgentless(await withModel(() => ({ never: 'begins' })));
      const issue = named({ text: ISSUE, folder: repository.folder });
      const stop = AbortSignal.abort();
      await assert.rejects(collect(endless.locate(issue, { signal: stop })), {
        name: 'AbortError',
      });
    });
  });

  describe('codemonkeys', () => {
    const script =
      (rankings: readonly (readonly string[])[]) =>
      (request: SentRequest): ScriptedReply => {
        const text = said(request);
        if (text.includes('Put these files in order')) {
          return json({ files: rankings[ranked++ % rankings.length] });
        }
        return json({
          relevant: !text.includes('plant/keys.py\n'),
          reason: 'It\nholds the level.',
        });
      };
    let ranked = 0;
    beforeEach(() => {
      ranked = 0;
    });

    it('reads file by file, counts votes by path, and packs what fits', async () => {
      const votes = [
        ['plant/pump.py', 'plant/tank.py'],
        ['plant/tank.py', 'plant/pump.py'],
        ['plant/pump.py'],
      ];
      const localizer = createCodemonkeys(await withModel(script(votes)));
      const places = await locate(localizer);
      assert.deepEqual(
        places.filter(({ kind }) => kind === 'file').map(({ path, why }) => [path, why[0]?.text]),
        [
          ['plant/pump.py', 'a language model says: It holds the level.'],
          ['plant/tank.py', 'a language model says: It holds the level.'],
        ],
      );
      assert.ok(places.some(({ symbol }) => symbol === 'Pump.run'));
      assert.equal(server?.requests.filter((one) => said(one).includes('Is this file')).length, 3);
      assert.ok(server.requests.every((one) => !said(one).includes(SECRET)));
    });

    it('takes no more than the context holds: the functions of a file that does not fit', async () => {
      const votes = [['plant/pump.py', 'plant/tank.py']];
      const settings = { rankings: 1, contextTokens: 45 };
      const localizer = createCodemonkeys(await withModel(script(votes)), settings);
      const inside = (await locate(localizer)).filter(({ kind }) => kind !== 'file');
      assert.deepEqual(
        inside.map(({ symbol }) => symbol),
        ['Pump.run'],
      );
    });

    it('answers without the model where nothing is relevant to it', async () => {
      const localizer = createCodemonkeys(
        await withModel(() => json({ relevant: false, reason: '' })),
      );
      assert.deepEqual(await locate(localizer), await locate(createHybrid(parts())));
    });
  });

  it('composed joins the answers by rank, each file before what lies in it', async () => {
    const agentless = createAgentless(
      await withModel([
        json({ files: ['plant/tank.py'] }),
        json({ elements: [{ path: 'plant/tank.py', symbol: 'Tank.fill' }] }),
        json({ places: [] }),
      ]),
    );
    const composed = createComposed([createHybrid(parts()), agentless]);
    const places = await locate(composed);
    const seen = new Set<string>();
    for (const { kind, path } of places) {
      if (kind === 'file') seen.add(path);
      assert.ok(seen.has(path));
    }
    const fill = places.find(({ symbol }) => symbol === 'Tank.fill');
    assert.equal(fill?.signals.model, 0.5);
    assert.ok((fill.signals.body ?? 0) > 0);
  });
});
