import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type FoundTexts, findTexts } from './texts.ts';

/** Where texts for people are written, besides the manifest and the command line. */
const FOLDERS = ['src/extension', 'webview-ui'];

export interface Source {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** The sources that speak to people through a bundle, by path. */
export function readSources(root: string): readonly Source[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
  )
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

export function readTexts(root: string): FoundTexts {
  const found = readSources(root).map(({ path, text }) => findTexts(path, text));
  return {
    texts: found.flatMap(({ texts }) => texts),
    faults: found.flatMap(({ faults }) => faults),
  };
}
