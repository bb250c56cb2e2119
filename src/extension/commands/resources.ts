import { Uri } from 'vscode';

/** What a command of the explorer is about: all that is selected, or the one that was clicked. */
export function toResources(clicked: unknown, selected: unknown): readonly Uri[] {
  const all: readonly unknown[] =
    Array.isArray(selected) && selected.length > 0 ? selected : [clicked];
  return all.filter((resource) => resource instanceof Uri);
}
