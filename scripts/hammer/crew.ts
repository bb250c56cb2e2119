import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Report, Task } from './protocol.ts';

export interface CrewOptions {
  /** Where the bundled workers lie. */
  readonly home: string;
  readonly folder: string;
  readonly isBlind: boolean;
  readonly onReport: (report: Report) => void;
}

type Role = 'writer' | 'compactor';

/** Keeps writers and compactors at work, each until it is killed. */
export interface Crew {
  /** Kills by role; `chosen` are compactors that died at a chosen file-system call. */
  readonly killed: { writer: number; compactor: number; chosen: number };
  /** What workers wrote to standard error before they ended by themselves. */
  readonly failures: string[];
  kills(): number;
  /** Kills all and resolves when every report has been read. */
  dismiss(): Promise<void>;
}

const PLACES: readonly Role[] = ['writer', 'writer', 'writer', 'compactor', 'compactor'];
const MAX_LIFE_MS = 500;
const STUCK_MS = 20_000;
const MAX_CHOSEN_CALL = 300;

export function createCrew(options: CrewOptions): Crew {
  const killed = { writer: 0, compactor: 0, chosen: 0 };
  const failures: string[] = [];
  const alive = new Set<ChildProcess>();
  let count = 0;
  let isDismissed = false;

  /** Resolves when nobody takes the place any more. */
  const fill = async (role: Role): Promise<void> => {
    while (!isDismissed) {
      const isChosen = role === 'compactor' && randomInt(2) === 0;
      const end = await live(role, isChosen);
      if (end !== 'SIGKILL') continue;
      if (isChosen) killed.chosen++;
      else killed[role]++;
    }
  };

  const live = async (role: Role, isChosen: boolean): Promise<NodeJS.Signals | null> => {
    const { folder, isBlind } = options;
    const task: Task = {
      folder,
      isBlind,
      worker: `${role}${count++}`,
      ...(isChosen ? { killAtCall: randomInt(1, MAX_CHOSEN_CALL) } : {}),
    };
    const program = join(options.home, `${role}.mjs`);
    const child = spawn(process.execPath, [program, JSON.stringify(task)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    alive.add(child);
    const complaint: string[] = [];
    child.stderr.on('data', (text: Buffer) => complaint.push(text.toString()));
    const kill = (): void => {
      child.kill('SIGKILL');
    };
    let killing = setTimeout(kill, STUCK_MS);
    const reports = createInterface({ input: child.stdout });
    reports.on('line', (line) => {
      options.onReport(JSON.parse(line) as Report);
    });
    // Life begins with the first report: a busy machine needs long to start a process.
    reports.once('line', () => {
      if (isChosen) return;
      clearTimeout(killing);
      killing = setTimeout(kill, randomInt(MAX_LIFE_MS));
    });
    const end = await new Promise<NodeJS.Signals | null>((done) => {
      child.on('close', (_code, signal) => {
        done(signal);
      });
    });
    clearTimeout(killing);
    alive.delete(child);
    if (end === null) failures.push(`${role} ended: ${complaint.join('')}`);
    return end;
  };

  const places = PLACES.map((role) => fill(role));
  return {
    killed,
    failures,
    kills: () => killed.writer + killed.compactor + killed.chosen,
    async dismiss() {
      isDismissed = true;
      for (const child of alive) child.kill('SIGKILL');
      await Promise.all(places);
    },
  };
}
