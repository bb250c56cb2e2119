import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type FoundTexts, findTexts } from './texts.ts';

/** Where texts for people are shown, besides the manifest and the command line. */
const SURFACES = ['src/extension', 'src/protocol', 'webview-ui'];

/** Where they are told, for a surface to show. */
const CORE = ['src/core'];

export interface Source {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** The sources of the surfaces that speak to people through a bundle, by path. */
export function readSurfaces(root: string): readonly Source[] {
  return readSources(root, SURFACES);
}

export function readTexts(root: string): FoundTexts {
  const sources = readSources(root, [...CORE, ...SURFACES]);
  const found = sources.map(({ path, text }) => findTexts(path, text));
  return {
    texts: found.flatMap(({ texts }) => texts),
    faults: found.flatMap(({ faults }) => faults),
  };
}

function readSources(root: string, folders: readonly string[]): readonly Source[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
    )
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}
