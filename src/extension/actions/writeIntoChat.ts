import { commands, env, workspace } from 'vscode';

const OPEN_CHAT = 'workbench.action.chat.open';

/**
 * Puts a text into the input of the chat, for a person to send, or into the clipboard where there is
 * no chat.
 *
 * @returns whether there is one
 */
export async function writeIntoChat(query: string): Promise<boolean> {
  const isThere = await hasChat();
  if (isThere) await commands.executeCommand(OPEN_CHAT, { query, isPartialQuery: true });
  else await env.clipboard.writeText(query);
  return isThere;
}

/** The command is there, and does nothing, where a person switched the chat off. */
async function hasChat(): Promise<boolean> {
  const isOff = workspace.getConfiguration('chat').get('disableAIFeatures') === true;
  return !isOff && (await commands.getCommands(true)).includes(OPEN_CHAT);
}
