/** Loaded before a measured process: leaves what it used in the file that BENCH_USAGE names. */
const { writeFileSync } = require('node:fs');

process.on('exit', () => {
  writeFileSync(process.env.BENCH_USAGE, JSON.stringify(process.resourceUsage()));
});
