import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { LibraryTrouble } from '../../../src/core/model/ports/libraryUpkeep.ts';
import { NO_HOST, type ModelHost } from '../../../src/core/model/ports/chatModel.ts';
import {
  openEngineLink,
  type EngineLink,
  type LinkState,
} from '../../../src/extension/engine/engineLink.ts';
import { ASSETS } from '../assets.ts';
import { POLL, RETRY } from './snippets.ts';

/** The engine process as `npm run build` makes it. */
export const ENGINE_ENTRY = resolve(import.meta.dirname, '../../../dist/engine.js');

/** A library and a project in temporary folders, and engine processes over them. */
export interface LinkBench {
  readonly library: string;
  readonly project: string;
  /** Writes as many source files with two functions each. */
  writeFiles(count: number): void;
  open(settings?: { readonly library?: () => string; readonly models?: ModelHost }): Linked;
  /** Closes what was opened. */
  close(): Promise<void>;
}

export interface Linked {
  readonly link: EngineLink;
  readonly states: readonly LinkState['state'][];
  readonly lines: readonly string[];
  readonly troubles: readonly LibraryTrouble[];
  /** Resolves when something has happened of which `isSo` holds; at once if it does. */
  readonly until: (isSo: () => boolean) => Promise<void>;
}

export function createLinkBench(): LinkBench {
  const root = mkdtempSync(join(tmpdir(), 'pattern-foundry-link-'));
  const library = join(root, 'library');
  const project = join(root, 'project');
  mkdirSync(project);
  const opened: EngineLink[] = [];
  return {
    library,
    project,
    writeFiles: (count) => {
      for (let index = 0; index < count; index += 1) {
        const text = [POLL, RETRY]
          .map((code) => code.replace(/function (\w+)/, `function $1${index}`))
          .join('\n');
        // The shape of each differs, so that each is a pattern of its own.
        const shape = '  log(times);\n'.repeat(index);
        const own = text.replaceAll(') {\n  ', `) {\n${shape}  `);
        writeFileSync(join(project, `part${index}.js`), own);
      }
    },
    open: (settings = {}) => {
      const linked = openLinked(settings.library ?? (() => library), settings.models ?? NO_HOST);
      opened.push(linked.link);
      return linked;
    },
    close: async () => {
      await Promise.all(opened.map((link) => link.close()));
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function openLinked(library: () => string, models: ModelHost): Linked {
  const states: LinkState['state'][] = [];
  const lines: string[] = [];
  const troubles: LibraryTrouble[] = [];
  const waiting = new Set<() => void>();
  const happened = (): void => {
    for (const look of waiting) look();
  };
  const link = openEngineLink({
    entry: ENGINE_ENTRY,
    settings: () => ({ library: library(), assetsDir: ASSETS, embedderIdleMs: 1000 }),
    onState: ({ state }) => {
      states.push(state);
      happened();
    },
    onChanged: happened,
    onEmbedderDeath: happened,
    onTrouble: (trouble) => {
      troubles.push(trouble);
      happened();
    },
    onLine: (line) => {
      lines.push(line);
      happened();
    },
    host: { models },
  });
  return {
    link,
    states,
    lines,
    troubles,
    until: (isSo) =>
      new Promise((resolved) => {
        const look = (): void => {
          if (!isSo()) return;
          waiting.delete(look);
          resolved();
        };
        waiting.add(look);
        look();
      }),
  };
}
