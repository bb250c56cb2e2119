import { readFileSync, readdirSync } from 'node:fs';

export interface ProcessMemory {
  readonly residentMB: number;
  readonly peakMB: number;
}

/** Ids of the processes that run a bundle of the extension for one library; Linux only. */
export function findProcesses(
  bundle: 'engine.js' | 'embedder.js',
  library: string,
): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      const words = readProcess(pid, 'cmdline').split('\0');
      // Behind the options of Node itself.
      const program = words.slice(1).find((word) => !word.startsWith('-')) ?? '';
      const variables = readProcess(pid, 'environ').split('\0');
      return (
        program.endsWith(`dist/${bundle}`) &&
        variables.includes(`PATTERN_FOUNDRY_LIBRARY=${library}`)
      );
    })
    .map(Number);
}

/** `undefined` when the process has ended. */
export function readMemory(pid: number): ProcessMemory | undefined {
  const status = readProcess(String(pid), 'status');
  const read = (name: string): number =>
    (Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024) / 1e6;
  return status === '' ? undefined : { residentMB: read('VmRSS'), peakMB: read('VmHWM') };
}

/** Empty when the process has ended, or belongs to somebody else. */
function readProcess(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
