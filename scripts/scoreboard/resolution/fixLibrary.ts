import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { openEngine } from '../../../src/core/engine/open.ts';
import type { ResolveParts } from '../../../src/core/jobs/resolve/stageParts.ts';
import { openLibrary } from '../../../src/core/library/library.ts';
import { localized } from '../../../src/core/model/localizedText.ts';
import type { Library } from '../../../src/core/model/ports/library.ts';
import { openWords } from '../../../src/core/retrieval/words/words.ts';
import { createSecretGate } from '../../../src/core/secrets/gate.ts';
import { loadConfig } from '../../../src/core/sources/config/config.ts';

/** Learns all that the history of a repository tells into a library of its own. */
export async function learnFixes(
  folder: string,
  library: string,
  assetsDir: string,
): Promise<void> {
  mkdirSync(library, { recursive: true });
  const engine = await openEngine({
    ...{ library, assetsDir, folder: undefined, env: process.env },
    ...{ now: Date.now, clockMs: () => performance.now() },
  });
  await engine.jobs.extract({ folder, git: true, embed: false });
  await engine.close();
}

/** A library with what resolving issues by it without a model takes; whoever opens it closes it. */
export async function openFixLibrary(
  libraryFolder: string,
  assetsDir: string,
): Promise<{ readonly library: Library; readonly parts: ResolveParts }> {
  const gate = createSecretGate();
  const library = await openLibrary({
    ...{ folder: libraryFolder, assetsDir, gate, personName: 'nobody', random: randomBytes },
    ...{ now: Date.now, model: 'none', textHashOf: () => '' },
  });
  const words = openWords({ folder: join(libraryFolder, 'derived'), corpus: library.corpus });
  const parts: ResolveParts = {
    ...{ libraryFolder, assetsDir, gate, now: Date.now, env: process.env },
    ...{ current: () => library, words: () => words },
    settings: (of) => loadConfig(of, {}).config,
    chat: () => Promise.resolve({ why: localized`no model is set` }),
  };
  return { library, parts };
}
