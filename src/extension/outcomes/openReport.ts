import { commands, workspace } from 'vscode';

/** Shows Markdown as a page to read; nothing of it has to be saved. */
export async function openReport(content: string): Promise<void> {
  const document = await workspace.openTextDocument({ language: 'markdown', content });
  await commands.executeCommand('markdown.showPreview', document.uri);
}
