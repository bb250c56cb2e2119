import type { WorkspaceFolder } from 'vscode';
import type { DeedSketch } from './recorder.ts';

/** How the watches tell what was done in a folder. */
export type NoteDeed = (folder: WorkspaceFolder, deed: DeedSketch) => void;
