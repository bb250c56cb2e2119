import type { WorkspaceFolder } from 'vscode';
import type { Change } from './changes.ts';

/** How the watches tell what changed; it counts only where the setting asks for it. */
export type NoteChange = (folder: WorkspaceFolder, change: Change) => void;
