import { resolve } from 'node:path';

/** The embedding process as `npm run build` bundles it. */
export const EMBEDDER_ENTRY = resolve(import.meta.dirname, '../../../dist/embedder.js');
