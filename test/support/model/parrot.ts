import type { SmallExtension } from '../extension/smallExtension.ts';

/** What a model was asked, as text, and the tools it was offered. */
export interface Asked {
  readonly text: string;
  readonly tools: readonly string[];
}

/** What the model begins each answer with. */
export const PARROT_SAYS = 'The parrot says:';

const MAIN = `
const { lm, LanguageModelTextPart, LanguageModelToolCallPart, LanguageModelToolResultPart } = require('vscode');
const textOf = (part) => part.value ?? (part.content ?? []).map(textOf).join('');
exports.activate = ({ subscriptions }) => {
  const asked = [];
  const about = { id: 'parrot', name: 'Parrot', family: 'parrot', version: '1', isUserSelectable: true, isDefault: true };
  subscriptions.push(lm.registerLanguageModelChatProvider('nobody', {
    provideLanguageModelChatInformation: () => [
      { ...about, maxInputTokens: 8000, maxOutputTokens: 1000, capabilities: { toolCalling: true } },
    ],
    provideLanguageModelChatResponse: async (model, messages, { tools = [] }, progress) => {
      const parts = messages.flatMap(({ content }) => content);
      asked.push({ text: parts.map(textOf).join('\\n'), tools: tools.map(({ name }) => name) });
      const result = parts.find((part) => part instanceof LanguageModelToolResultPart);
      const [tool] = tools;
      if (tool !== undefined && result === undefined) {
        progress.report(new LanguageModelToolCallPart('call-1', tool.name, { query: parts.map(textOf).join(' ') }));
        return;
      }
      const answer = result === undefined ? 'use what is there.' : textOf(result);
      for (const text of [${JSON.stringify(PARROT_SAYS)}, ' ', answer]) progress.report(new LanguageModelTextPart(text));
    },
    provideTokenCount: async (model, text) => String(text).length,
  }));
  // Until somebody asks for the models of a vendor, no picker lists them.
  void lm.selectChatModels({ vendor: 'nobody' });
  return { asked };
};
`;

/**
 * A language model for the chat that calls the first tool it is offered, and else says that it has been
 * asked. It exports what it was asked, as `asked`.
 */
export const PARROT: SmallExtension = {
  name: 'parrot',
  manifest: {
    displayName: 'Parrot',
    engines: { vscode: '^1.104.0' },
    contributes: { languageModelChatProviders: [{ vendor: 'nobody', displayName: 'Nobody' }] },
  },
  main: MAIN,
};
