import { MODEL_USES, NO_MODEL, type ModelSettings } from '../../core/model/ports/chatModel.ts';

/** Values of a wrong type, which VS Code marks in its editor, count as not set. */
export function toModelSettings(read: (key: keyof ModelSettings) => unknown): ModelSettings {
  const text = (key: 'address' | 'name'): string => {
    const value = read(key);
    return typeof value === 'string' ? value.trim() : '';
  };
  const amount = (key: 'maxTokens' | 'maxUsd'): number => {
    const value = read(key);
    return typeof value === 'number' && value >= 0 ? value : NO_MODEL[key];
  };
  const named = read('uses');
  const door = read('door');
  const address = text('address');
  const isUsable = door === 'editor' || (door === 'address' && URL.canParse(address));
  return {
    door: isUsable ? door : 'none',
    ...{ address, name: text('name') },
    uses: MODEL_USES.filter((use) => Array.isArray(named) && named.includes(use)),
    ...{ maxTokens: amount('maxTokens'), maxUsd: amount('maxUsd') },
  };
}
