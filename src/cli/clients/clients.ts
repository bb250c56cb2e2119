import { join } from 'node:path';

/** Where on this machine people keep what their programs are told. */
export interface Machine {
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A program that starts servers named in a file. */
export interface ClientSpec {
  /** As people name it. */
  readonly title: string;
  /** Of the whole machine. */
  readonly userFile: (machine: Machine) => string;
  /** Of one project, relative to it; `undefined` where the client has none. */
  readonly projectFile?: string;
  readonly format: 'json' | 'toml';
  /** Under which key servers stand. */
  readonly key: string;
  /** Says of a server what the client wants to know besides its command. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** By the names of the command line; each is described in the documentation of its client. */
export const CLIENTS: Readonly<Record<string, ClientSpec>> = {
  'claude-code': {
    title: 'Claude Code',
    userFile: ({ home }) => join(home, '.claude.json'),
    projectFile: '.mcp.json',
    format: 'json',
    key: 'mcpServers',
    fields: { type: 'stdio' },
  },
  'claude-desktop': {
    title: 'Claude Desktop',
    userFile: (machine) => join(configFolder(machine), 'Claude', 'claude_desktop_config.json'),
    format: 'json',
    key: 'mcpServers',
  },
  cursor: {
    title: 'Cursor',
    userFile: ({ home }) => join(home, '.cursor', 'mcp.json'),
    projectFile: join('.cursor', 'mcp.json'),
    format: 'json',
    key: 'mcpServers',
  },
  codex: {
    title: 'Codex',
    userFile: ({ home, env }) => join(env['CODEX_HOME'] ?? join(home, '.codex'), 'config.toml'),
    projectFile: join('.codex', 'config.toml'),
    format: 'toml',
    key: 'mcp_servers',
  },
  vscode: {
    title: 'VS Code',
    userFile: (machine) => join(configFolder(machine), 'Code', 'User', 'mcp.json'),
    projectFile: join('.vscode', 'mcp.json'),
    format: 'json',
    key: 'servers',
    fields: { type: 'stdio' },
  },
  gemini: {
    title: 'Gemini CLI',
    userFile: ({ home }) => join(home, '.gemini', 'settings.json'),
    projectFile: join('.gemini', 'settings.json'),
    format: 'json',
    key: 'mcpServers',
  },
  windsurf: {
    title: 'Windsurf',
    userFile: ({ home }) => join(home, '.codeium', 'windsurf', 'mcp_config.json'),
    format: 'json',
    key: 'mcpServers',
  },
};

function configFolder({ home, platform, env }: Machine): string {
  if (platform === 'win32') return env['APPDATA'] ?? join(home, 'AppData', 'Roaming');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  return env['XDG_CONFIG_HOME'] ?? join(home, '.config');
}
