import { Disposable } from 'vscode';
import type { Shell } from '../shell.ts';
import { registerGhostText } from './ghostText.ts';
import { openBuffers } from './openBuffers.ts';
import { openShowings } from './showings.ts';

/** What the code of the project has to say while somebody types. */
export function registerSuggestions(shell: Shell): Disposable {
  const buffers = openBuffers(shell);
  const showings = openShowings(shell);
  return Disposable.from(buffers, showings, registerGhostText(shell, { buffers, showings }));
}
