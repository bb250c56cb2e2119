import { posix, win32 } from 'node:path';

/** Where logs may lie, and how to tell them there. */
export interface Place {
  readonly folder: string;
  /** What the path of a log below it looks like, with `/`. */
  readonly form: RegExp;
  /** Folders below it that are looked into, one in another. */
  readonly depth: number;
  /** The log is a folder: the one whose name the form matches. */
  readonly isFolder?: true;
}

export interface PlaceFacts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  /** Homes of Windows as WSL shows them. */
  readonly windowsHomes?: readonly string[];
}

/** The usual places of every format, in no order; most of them are not there on any one machine. */
export function logPlaces(facts: PlaceFacts): readonly Place[] {
  const guests = (facts.windowsHomes ?? []).flatMap((home) =>
    placesOfHome({ env: {}, home, platform: 'linux' }, [posix.join(home, 'AppData', 'Roaming')]),
  );
  return [...placesOfHome(facts, configFolders(facts)), ...guests];
}

function placesOfHome(facts: PlaceFacts, configs: readonly string[]): readonly Place[] {
  const users = editorFolders(facts, configs);
  return [...terminalPlaces(facts), ...users.flatMap((user) => editorPlaces(facts, user))];
}

function pathsOf({ platform }: PlaceFacts): typeof posix {
  return platform === 'win32' ? win32 : posix;
}

function joinOf(facts: PlaceFacts): (...parts: readonly string[]) => string {
  return (...parts) => pathsOf(facts).join(...parts);
}

/** The folders a variable names, separated by commas; else the usual ones. */
function named(facts: PlaceFacts, variable: string, usual: readonly string[]): readonly string[] {
  const value = facts.env[variable];
  if (value === undefined || value.trim() === '') return usual;
  const path = pathsOf(facts);
  return value
    .split(',')
    .map((part) => part.trim().replace(/^~(?=$|[/\\])/, () => facts.home))
    .filter((part) => part !== '' && path.isAbsolute(part));
}

function terminalPlaces(facts: PlaceFacts): readonly Place[] {
  const join = joinOf(facts);
  const { home, env } = facts;
  const config = env['XDG_CONFIG_HOME'] ?? join(home, '.config');
  const data = env['XDG_DATA_HOME'] ?? join(home, '.local', 'share');
  const claude = named(facts, 'CLAUDE_CONFIG_DIR', [join(home, '.claude'), join(config, 'claude')]);
  const codex = named(facts, 'CODEX_HOME', [join(home, '.codex')]);
  const gemini = named(facts, 'GEMINI_CLI_HOME', [home]).map((at) => join(at, '.gemini'));
  const copilot = named(facts, 'COPILOT_HOME', [join(home, '.copilot')]);
  const opencode = named(facts, 'OPENCODE_DATA_DIR', [join(data, 'opencode')]);
  return [
    ...claude.map((at) => files(join(at, 'projects'), /^[^/]+\/(?!agent-)[^/]+\.jsonl$/, 1)),
    ...codex.flatMap((at) => [
      files(join(at, 'sessions'), /(?:^|\/)rollout-[^/]+\.jsonl(?:\.zst)?$/, 3),
      files(join(at, 'archived_sessions'), /\.jsonl(?:\.zst)?$/, 0),
    ]),
    ...gemini.map((at) => files(join(at, 'tmp'), /^[^/]+\/chats\/session-[^/]+\.jsonl?$/, 2)),
    ...copilot.map((at) =>
      files(join(at, 'session-state'), /^(?:[^/]+\/events\.jsonl|[^/]+\.jsonl)$/, 1),
    ),
    ...opencode.flatMap((at) => [
      files(at, /^opencode(?:-[\w.-]+)?\.db$/, 0),
      files(join(at, 'storage', 'session'), /^[^/]+\/[^/]+\.json$/, 1),
    ]),
    folders(join(home, '.openhands', 'sessions'), /^[^/]+$/, 0),
    folders(join(home, '.cline', 'data', 'tasks'), /^[^/]+$/, 0),
    files(home, /^\.aider\.chat\.history\.md$/, 0),
  ];
}

function files(folder: string, form: RegExp, depth: number): Place {
  return { folder, form, depth };
}

function folders(folder: string, form: RegExp, depth: number): Place {
  return { folder, form, depth, isFolder: true };
}

/** Where programs keep what belongs to a person. */
function configFolders(facts: PlaceFacts): readonly string[] {
  const join = joinOf(facts);
  const { env, home, platform } = facts;
  if (platform === 'win32') return [env['APPDATA'] ?? join(home, 'AppData', 'Roaming')];
  if (platform === 'darwin') return [join(home, 'Library', 'Application Support')];
  return [env['XDG_CONFIG_HOME'] ?? join(home, '.config')];
}

const EDITORS = [
  'Code',
  'Code - Insiders',
  'VSCodium',
  'VSCodium - Insiders',
  'Cursor',
  'Windsurf',
];
const SERVERS = ['.vscode-server', '.vscode-server-insiders', '.vscodium-server', '.cursor-server'];

/** The folders `User` of all editors built on VS Code, those of remote machines too. */
function editorFolders(facts: PlaceFacts, configs: readonly string[]): readonly string[] {
  const join = joinOf(facts);
  const portable = facts.env['VSCODE_PORTABLE'];
  return [
    ...configs.flatMap((config) => EDITORS.map((editor) => join(config, editor, 'User'))),
    ...SERVERS.map((server) => join(facts.home, server, 'data', 'User')),
    ...(portable === undefined || portable === '' ? [] : [join(portable, 'user-data', 'User')]),
  ];
}

const TASK_EXTENSIONS = [
  ...['saoudrizwan.claude-dev', 'rooveterinaryinc.roo-cline', 'kilocode.kilo-code'],
];

function editorPlaces(facts: PlaceFacts, user: string): readonly Place[] {
  const join = joinOf(facts);
  const storage = join(user, 'globalStorage');
  return [
    files(join(user, 'workspaceStorage'), /^[^/]+\/chatSessions\/[^/]+\.jsonl?$/, 2),
    files(join(storage, 'emptyWindowChatSessions'), /\.jsonl?$/, 0),
    ...TASK_EXTENSIONS.map((name) => folders(join(storage, name, 'tasks'), /^[^/]+$/, 0)),
  ];
}

/** What agents leave in the folder they work in. */
export function projectPlaces(folder: string): readonly Place[] {
  return [
    files(folder, /^\.aider\.chat\.history\.md$/, 0),
    folders(posix.join(folder, 'checkpoints', 'ralph'), /^[^/]+$/, 0),
    folders(posix.join(folder, 'checkpoints', 'context'), /^[^/]+$/, 0),
    files(posix.join(folder, 'checkpoints', 'ralph'), /\.json$/, 0),
    files(posix.join(folder, 'checkpoints', 'sessions'), /^PROGRESS_[^/]*\.md$/, 0),
    files(posix.join(folder, '.context-foundry'), /^session-summary\.json$/, 0),
  ];
}
