import type { AgentName } from './session.ts';

const TITLES: Readonly<Record<AgentName, string>> = {
  'claude-code': 'Claude Code',
  codex: 'Codex',
  'gemini-cli': 'Gemini CLI',
  cline: 'Cline',
  'roo-code': 'Roo Code',
  'kilo-code': 'Kilo Code',
  'copilot-chat': 'Copilot Chat',
  'copilot-cli': 'Copilot CLI',
  opencode: 'OpenCode',
  aider: 'aider',
  'swe-agent': 'SWE-agent',
  'mini-swe-agent': 'mini-SWE-agent',
  openhands: 'OpenHands',
  atif: 'ATIF',
  'context-foundry': 'Context Foundry',
  'team-chat': 'Team of Agents',
  vscode: 'VS Code',
};

/** What an agent calls itself, in no language. */
export function nameAgent(agent: AgentName): string {
  return TITLES[agent];
}
