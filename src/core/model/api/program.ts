import type { Engine } from '../engine.ts';

export type { Engine, EngineApi } from '../engine.ts';
export type { AppError, ErrorCode } from '../errors.ts';
export type { Pattern, CodePattern, ChangePattern, PatternId } from '../pattern.ts';
export type { FindQuery, FindPage, Found } from './find.ts';
export type { Injection, InjectRequest, TaskContext } from './prompts.ts';

export interface OpenOptions {
  /** Folder of the library; that of the command line when absent. */
  readonly library?: string;
  /** Folder whose `.pattern-foundry.yaml` searches follow, and that relative paths start from. */
  readonly folder?: string;
  /** Something that was in the library is missing from it, or may be; told once. */
  readonly onTrouble?: (trouble: string) => void;
}

/**
 * Opens a library. Close it when done: what was shown is written then, and its processes end.
 *
 * @throws AppError `library-damaged`, `library-unreadable`, `library-on-shared-drive`
 */
export type OpenEngine = (options?: OpenOptions) => Promise<Engine>;

/** What the VS Code extension hands out; its engine is the one of the window, and stays open. */
export interface PatternFoundry {
  /** Options are those of the window. */
  readonly openEngine: () => Promise<Engine>;
}
