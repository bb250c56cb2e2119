import { Disposable, EventEmitter, Uri, workspace } from 'vscode';
import { currentFolder, searchSettings } from '../searchSettings.ts';
import { MCP_PROVIDER } from '../names.ts';
import { onDidChangeInjection, onDidChangeLibraryPath, readLibraryPath } from '../settings.ts';
import type { Shell } from '../shell.ts';
import { NEWER } from './newerApi.ts';

/** Offers the server for agents to VS Code, which starts it when somebody uses it. */
export function registerMcpServer(shell: Shell): Disposable {
  const { context } = shell;
  const register = NEWER.lm?.registerMcpServerDefinitionProvider;
  const Definition = NEWER.McpStdioServerDefinition;
  if (register === undefined || Definition === undefined) return Disposable.from();
  const changed = new EventEmitter<void>();
  const provider = register(MCP_PROVIDER, {
    onDidChangeMcpServerDefinitions: changed.event,
    provideMcpServerDefinitions: async () => {
      if (!(await searchSettings(shell)).isInjected) return [];
      const program = Uri.joinPath(context.extensionUri, 'dist', 'engine.js').fsPath;
      const { version } = context.extension.packageJSON as { readonly version: string };
      const library = readLibraryPath();
      const folder = currentFolder();
      const args = [
        ...[program, 'mcp', '--version', version],
        ...(library === undefined ? [] : ['--library', library]),
        ...(folder === undefined ? [] : ['--folder', folder.fsPath]),
      ];
      // VS Code's own program runs scripts as Node does.
      const env = { ELECTRON_RUN_AS_NODE: '1' };
      return [new Definition('Pattern Foundry', process.execPath, args, env, version)];
    },
  });
  const sayChanged = (): void => {
    changed.fire();
  };
  return Disposable.from(
    provider,
    changed,
    onDidChangeLibraryPath(sayChanged),
    onDidChangeInjection(sayChanged),
    // Which folder the server works in.
    workspace.onDidGrantWorkspaceTrust(sayChanged),
    workspace.onDidChangeWorkspaceFolders(sayChanged),
  );
}
