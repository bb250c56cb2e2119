/** Opens the library in the folder given, does what the second argument says, prints figures as JSON. */
import { randomBytes } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { openLibrary } from '../../src/core/library/library.ts';
import type { EventBody } from '../../src/core/model/event.ts';
import type { Library } from '../../src/core/model/ports/library.ts';
import { embeddingText, textHash } from '../../src/core/retrieval/embedder/embeddingText.ts';
import { openWords, type Words } from '../../src/core/retrieval/words/words.ts';
import { createSecretGate } from '../../src/core/secrets/gate.ts';
import { syntheticEvents } from './syntheticLibrary.ts';

const [folder = '', task = 'open', size = '0', assetsDir = ''] = process.argv.slice(2);
const BATCH = 100;
const WRITES = 200;

async function run(): Promise<void> {
  const started = performance.now();
  const library = await openLibrary({
    personName: 'bench',
    folder,
    assetsDir,
    gate: createSecretGate(),
    random: randomBytes,
    now: Date.now,
    model: 'bench',
    textHashOf: (document) => textHash(embeddingText(document)),
  });
  const words = openWords({ folder: join(folder, 'derived'), corpus: library.corpus });
  words.refresh();
  const figures: Record<string, number> = { openMs: performance.now() - started };
  Object.assign(figures, await TASKS[task]?.(library, words));
  const { journalBytes, derivedBytes } = library.upkeep.stats();
  figures['journalMB'] = journalBytes / 1e6;
  figures['derivedMB'] = derivedBytes / 1e6;
  figures['rssMB'] = process.memoryUsage().rss / 1e6;
  figures['peakMB'] = process.resourceUsage().maxRSS / 1e3;
  console.log(JSON.stringify(figures));
  library.close();
}

type Figures = Readonly<Record<string, number>>;

const TASKS: Readonly<
  Record<string, (library: Library, words: Words) => Promise<Figures> | Figures>
> = { fill, mention, write, rebuild };

function rebuild(library: Library, words: Words): Figures {
  const rebuildMs = timed(() => {
    library.upkeep.rebuild();
    words.rebuild();
    words.save();
  });
  const file = join(folder, 'export.sqlite');
  const exportMs = timed(() => {
    writeFileSync(file, library.upkeep.sqliteBytes());
  });
  return { rebuildMs, exportMs, exportMB: statSync(file).size / 1e6 };
}

async function fill(library: Library, words: Words): Promise<Figures> {
  let batch: EventBody[] = [];
  let spentMs = 0;
  const flush = async (): Promise<void> => {
    const start = performance.now();
    await library.record(batch);
    spentMs += performance.now() - start;
    batch = [];
  };
  for (const body of syntheticEvents(Number(size))) {
    batch.push(body);
    if (batch.length === BATCH) await flush();
  }
  await flush();
  library.upkeep.compact();
  words.refresh();
  words.save();
  return { fillMs: spentMs };
}

/** Has several files use each function, so that it is worth listing. */
async function mention(library: Library): Promise<Figures> {
  const rows = library.patterns.listing.rows('live', 'value');
  const used = rows.flatMap(({ id: pattern, kind, projects: [project] }): EventBody[] =>
    kind !== 'function' || project === undefined
      ? []
      : [{ type: 'measure', project, pattern, uses: 4, tests: 0 }],
  );
  await library.record(used);
  return { used: used.length };
}

async function write(library: Library): Promise<Figures> {
  const rows = library.corpus.rowIdsByValue();
  const step = Math.floor(rows.length / WRITES);
  const patterns = library.corpus.documents(rows.filter((_, index) => index % step === 0));
  const times: number[] = [];
  for (const pattern of patterns.slice(0, WRITES)) {
    const start = performance.now();
    await library.record([
      {
        type: 'rating',
        pattern: pattern.id,
        rating: 5,
        session: 'session',
        task: null,
        by: 'bench',
      },
    ]);
    times.push(performance.now() - start);
  }
  const first = times[0] ?? 0;
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(share * (times.length - 1))] ?? 0;
  return { writeFirstMs: first, writeP50Ms: at(0.5), writeP99Ms: at(0.99) };
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

void run();
