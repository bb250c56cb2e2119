import { randomBytes } from 'node:crypto';
import { AppError } from '../core/model/errors.ts';
import type { Engine } from '../core/model/engine.ts';
import { localized } from '../core/model/localizedText.ts';

/** What one client of the server asks through. */
export interface McpConnection {
  readonly engine: Engine;
  /** Where the client works: patterns of its project come first. `undefined` outside of projects. */
  readonly folder: string | undefined;
  /** Of the package. */
  readonly version: string;
  /** Names this connection in what is recorded. */
  readonly session: string;
}

/** The folder as searches take it. */
export function foldersOf({ folder }: Pick<McpConnection, 'folder'>): readonly string[] {
  return folder === undefined ? [] : [folder];
}

/**
 * Whether agents are given patterns where the client works. What is wrong in `.pattern-foundry.yaml` is
 * told by the commands that need it; here it turns nothing off.
 */
export async function mayGivePatterns({
  engine,
  folder,
}: Pick<McpConnection, 'engine' | 'folder'>): Promise<boolean> {
  try {
    return (await engine.jobs.settings(folder, {})).injection.enabled;
  } catch (error) {
    if (error instanceof AppError && error.code === 'bad-config') return true;
    throw error;
  }
}

/** @throws AppError `bad-argument` outside of projects */
export function projectFolderOf({ folder }: Pick<McpConnection, 'folder'>): string {
  if (folder !== undefined) return folder;
  throw new AppError(
    'bad-argument',
    localized`the server was started outside of projects: name a folder with --folder`,
  );
}

/** Differs for every connection. */
export function newSession(): string {
  return `mcp-${randomBytes(6).toString('hex')}`;
}
