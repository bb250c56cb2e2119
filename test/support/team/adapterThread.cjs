'use strict';
/** Stands for the thread of adapters: a task called `hold` never ends by itself, others at once. */
const { parentPort, workerData } = require('node:worker_threads');

const name = workerData.name ?? workerData.request.name;
if (name === 'hold') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
else parentPort.postMessage({ done: { version_name: name } });
