import type { Config } from '../core/model/config.ts';
import type { Engine } from '../core/model/engine.ts';
import { bad } from './input.ts';
import type { LibraryTrouble } from '../core/model/ports/libraryUpkeep.ts';

/** A place text goes to. */
export interface Output {
  readonly isTTY: boolean;
  /** Width of the terminal now; `undefined` where there is none. */
  readonly columns: () => number | undefined;
  /** Resolves when the text is handed on, so that a reader of lines is never kept waiting. */
  write(text: string): Promise<void>;
}

/** Settings that flags name; they win over those of `.pattern-foundry.yaml`. */
export type ConfigFlags = {
  readonly [Part in keyof Config]?: Partial<Config[Part]>;
};

export interface LibraryChoice {
  /** `--library`; the engine finds the place itself when absent. */
  readonly library: string | undefined;
  readonly configFlags: ConfigFlags;
  /** Something that was in the library is missing from it, or may be; told once. */
  readonly onTrouble: (trouble: LibraryTrouble) => void;
}

/** All that a command line touches outside itself. */
export interface Io {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly version: string;
  /** Where `npm run build` put grammars, queries, weights and WebAssembly. */
  readonly assetsDir: string;
  /** Milliseconds that only grow. */
  readonly clockMs: () => number;
  readonly openEngine: (choice: LibraryChoice) => Promise<Engine>;
  /**
   * Calls the listener when the person asks to stop, instead of ending the process.
   *
   * @returns puts the usual behaviour back
   */
  readonly onInterrupt: (listener: (signal: Interruption) => void) => () => void;
}

/** Ctrl-C, or what asks a program to end. */
export type Interruption = 'SIGINT' | 'SIGTERM';

/** What shells tell of a program that a signal ended: 128 and its number. */
export const INTERRUPTED: Readonly<Record<Interruption, 130 | 143>> = { SIGINT: 130, SIGTERM: 143 };

/**
 * All of standard input, whatever its encoding.
 *
 * @throws AppError `bad-argument` where that is no text
 */
export async function readAll(stdin: Io['stdin']): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) {
    chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  }
  return toText(Buffer.concat(chunks), 'standard input');
}

/** @throws AppError `bad-argument` where the bytes are no text */
export async function toText(bytes: Buffer, name: string): Promise<string> {
  const { decodeText } = await import('../core/platform/text/decode.ts');
  const decoded = await decodeText(bytes);
  if ('text' in decoded) return decoded.text;
  throw bad(`${name} cannot be read: it is not text`);
}
