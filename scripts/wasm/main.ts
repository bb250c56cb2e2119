import { writeFile } from 'node:fs/promises';

import { compileVectorScan, VECTOR_SCAN } from './compile.ts';

void compileVectorScan().then((bytes) => writeFile(`${VECTOR_SCAN}.wasm`, bytes));
