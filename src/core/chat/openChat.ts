import { localized } from '../model/localizedText.ts';
import type { LocalizedText } from '../model/localizedText.ts';
import type {
  ChatAnswer,
  ChatModel,
  ChatRequest,
  ChatUsage,
  ChatWatch,
  ModelHost,
  ModelSettings,
  ModelUse,
} from '../model/ports/chatModel.ts';
import type { SecretGate } from '../model/ports/secretGate.ts';
import { withBudget } from './budget.ts';
import type { Spent } from './budget.ts';
import { guessTokens } from './guessTokens.ts';
import { withKeptAnswers } from './keptAnswers.ts';
import { createOpenAiModel } from './openAiModel.ts';
import { shownFirst } from './shownFirst.ts';

export interface ChatParts {
  readonly host: ModelHost;
  readonly gate: SecretGate;
  /** Folder of the library for what can be made anew. */
  readonly derived: string;
  /** US dollars by the price list; `undefined` where it does not have the model. */
  readonly usdOf: (model: string, usage: Pick<ChatUsage, 'input' | 'output'>) => number | undefined;
}

/** A model for one run, with a budget of its own; or why there is none. */
export type OpenedChat =
  | {
      readonly model: ChatModel;
      readonly spent: () => Spent;
      /** Its address, or `VS Code`. */
      readonly to: string;
    }
  | { readonly why: LocalizedText };

/** The model that the person set, where it may be asked for this use. */
export async function openChat(parts: ChatParts, use: ModelUse): Promise<OpenedChat> {
  const { host, gate, derived, usdOf } = parts;
  const settings = await host.settings();
  if (settings.door === 'none') return { why: localized`no model is set` };
  if (!settings.uses.includes(use)) {
    return { why: localized`the settings do not allow a model for ${use}` };
  }
  const door = await openDoor(host, settings);
  const to = settings.door === 'editor' ? 'VS Code' : settings.address;
  const shown = shownFirst(door, {
    use,
    to,
    gate,
    derived,
    confirm: (preview) => host.confirm(preview),
  });
  const isFree = settings.door === 'editor' || isOnThisMachine(settings.address);
  const { maxTokens, maxUsd } = settings;
  const budgeted = withBudget(shown, {
    ...{ maxTokens, maxUsd },
    usdOf: (usage) => (isFree ? 0 : usdOf(settings.name, usage)),
  });
  return { model: withKeptAnswers(budgeted, derived, to), spent: budgeted.spent, to };
}

async function openDoor(
  host: ModelHost,
  { door, address, name }: ModelSettings,
): Promise<ChatModel> {
  if (door === 'editor') {
    return { name, complete: (request, watch) => askEditor(host, request, watch) };
  }
  return createOpenAiModel({ address, name, key: await host.key(address) });
}

/** The editor does not tell what it sent of a call that failed: that it sent the question is likely. */
async function askEditor(
  host: ModelHost,
  request: ChatRequest,
  { signal, onLost }: ChatWatch = {},
): Promise<ChatAnswer> {
  const input = guessTokens(request.messages);
  try {
    const answer = await host.complete(request, { ...(signal && { signal }) });
    return { ...answer, usage: { input, output: guessTokens(answer.text), isGuessed: true } };
  } catch (error) {
    onLost?.({ input, output: 0, isGuessed: true });
    throw error;
  }
}

function isOnThisMachine(address: string): boolean {
  const host = URL.canParse(address) ? new URL(address).hostname : '';
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.');
}
