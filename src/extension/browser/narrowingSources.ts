import { extractableFolders } from '../folders.ts';
import { searchSettings } from '../searchSettings.ts';
import type { Shell } from '../shell.ts';
import type { AnswerSources } from './browserCalls.ts';

/** What the browser's lists depend on beside what it asks for. */
export function narrowingSources(shell: Shell): Pick<AnswerSources, 'folders' | 'minRelevance'> {
  return {
    folders: () => extractableFolders().map(({ uri }) => uri.fsPath),
    minRelevance: async () => (await searchSettings(shell)).minRelevance,
  };
}
