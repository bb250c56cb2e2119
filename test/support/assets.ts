import { resolve } from 'node:path';

/** Grammars, queries, weights and WebAssembly as `npm run build` lays them out. */
export const ASSETS = resolve(import.meta.dirname, '../../dist/assets');
