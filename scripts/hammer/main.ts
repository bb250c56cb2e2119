/**
 * Hammers one journal with writers and compactors that are killed at random, then counts the
 * acknowledged writes that are missing.
 *
 * `npm run hammer -- [--seconds 60] [--kills 300] [--blind]`; `--blind` has the writers overlook
 * that their files were sealed and must find losses. `--only team [--seconds 180]` hammers team
 * servers instead, after `npm run build`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';
import { hammerTeam } from './team/main.ts';
import { createTally } from './tally.ts';
import { createCrew } from './crew.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string' },
    kills: { type: 'string', default: '300' },
    only: { type: 'string', default: 'journal' },
    blind: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds ?? (values.only === 'team' ? 180 : 60));
const kills = Number(values.kills);

const home = mkdtempSync(join(tmpdir(), 'hammer-'));
process.on('exit', () => {
  rmSync(home, { recursive: true, force: true });
});

// Bundled, because a process that compiles itself first lives too long to be killed often.
buildSync({
  entryPoints: ['writer', 'compactor'].map((name) => join(import.meta.dirname, `${name}.ts`)),
  outdir: home,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
});

const folder = join(home, 'library', 'journal');

async function hammer(): Promise<number> {
  const tally = createTally(folder);
  const crew = createCrew({ home, folder, isBlind: values.blind, onReport: tally.take });
  const started = Date.now();
  while (Date.now() - started < seconds * 1000 || crew.kills() < kills) {
    await new Promise((done) => setTimeout(done, 250));
    tally.read();
  }
  await crew.dismiss();
  const { rows, missing } = tally.result();
  const table: readonly (readonly [string, number])[] = [
    ['seconds', Math.round((Date.now() - started) / 1000)],
    ['writers killed', crew.killed.writer],
    ['compactors killed', crew.killed.compactor],
    ['compactors killed at a chosen call', crew.killed.chosen],
    ...rows,
  ];
  for (const [name, value] of table) {
    console.log(`${name.padEnd(44)}${value.toLocaleString('en').padStart(12)}`);
  }
  for (const failure of crew.failures) console.error(failure);
  return missing + crew.failures.length;
}

void (values.only === 'team' ? hammerTeam(seconds) : hammer()).then((faults) => {
  process.exitCode = faults === 0 ? 0 : 1;
});
