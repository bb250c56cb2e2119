import type { SmallExtension } from '../../support/extension/smallExtension.ts';

/** What it suggests everywhere. */
const NEIGHBOURS_TEXT = ' // from next door';

const MAIN = `
const { languages, InlineCompletionItem } = require('vscode');
exports.activate = ({ subscriptions }) => {
  const provideInlineCompletionItems = () => [new InlineCompletionItem(${JSON.stringify(NEIGHBOURS_TEXT)})];
  subscriptions.push(
    languages.registerInlineCompletionItemProvider({ scheme: 'file' }, { provideInlineCompletionItems }),
  );
};
`;

/** Name under which people know it. */
export const NEIGHBOURS_NAME = 'Neighbour';

/** Another extension with ghost text. */
export const NEIGHBOUR: SmallExtension = {
  name: 'neighbour',
  manifest: {
    displayName: NEIGHBOURS_NAME,
    enabledApiProposals: ['inlineCompletionsAdditions'],
  },
  main: MAIN,
};
