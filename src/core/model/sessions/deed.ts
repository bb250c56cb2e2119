import type { EpochMs } from '../epochMs.ts';
import type { ImpressionId } from '../outcomes/outcome.ts';

/** One stretch of work of a person in an editor, which is recorded as a session. */
export interface Recording {
  /** A UUID. */
  readonly id: string;
  /** The folder that was worked in; absolute. */
  readonly folder: string;
  readonly startedAt: EpochMs;
  /** As the editor calls itself, such as `Visual Studio Code`. */
  readonly editor: string;
  readonly editorVersion: string;
}

interface Done {
  /** Counts from 1 in its recording; a deed that is told twice is one. */
  readonly number: number;
  readonly at: EpochMs;
}

/** A file whose text is another than when it was opened or last saved. */
export interface EditDeed extends Done {
  /** `edit`: it was not saved by the end of the recording. */
  readonly did: 'save' | 'edit';
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** The lines that went and those that came; absent where the file is large or nothing changed. */
  readonly change?: { readonly before: string; readonly after: string };
}

/** A command, a task or a debug run that has ended. */
export interface RunDeed extends Done {
  readonly did: 'run';
  readonly how: 'terminal' | 'task' | 'debug';
  /** What the editor calls it; the command itself in a terminal. */
  readonly name: string;
  readonly command?: string;
  /** What a task is for, where it says so. */
  readonly group?: 'test' | 'build';
  readonly endedAt: EpochMs;
  /** Absent where the shell or the debugger does not tell it. */
  readonly exitCode?: number;
  /** The end of what it printed, where it builds or tests. */
  readonly output?: string;
}

export interface CommitDeed extends Done {
  readonly did: 'commit';
  readonly commit: string;
  readonly message: string;
}

/** A pattern, or a suggestion that is no pattern of the library, that was taken. */
export interface UseDeed extends Done {
  readonly did: 'use';
  readonly impression: ImpressionId;
}

export interface EndDeed extends Done {
  readonly did: 'end';
  readonly why: 'idle' | 'closed' | 'switched-off';
}

/** Something that was done while a recording ran. */
export type Deed = EditDeed | RunDeed | CommitDeed | UseDeed | EndDeed;
