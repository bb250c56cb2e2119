import type { SessionFormat } from '../format.ts';
import { aider } from './aider.ts';
import { atif } from './atif.ts';
import { claudeCode } from './claudeCode.ts';
import { clineTasks } from './clineTasks.ts';
import { codex } from './codex.ts';
import { contextFoundry } from './contextFoundry.ts';
import { copilotChat } from './copilotChat.ts';
import { copilotCli } from './copilotCli.ts';
import { geminiCli } from './geminiCli.ts';
import { openCode } from './openCode.ts';
import { openHands } from './openHands.ts';
import { sweAgent } from './sweAgent.ts';
import { teamChat } from './teamChat.ts';
import { vscode } from './vscode.ts';

/** In the order they are asked whether a log is theirs. */
export const FORMATS: readonly SessionFormat[] = [
  codex,
  claudeCode,
  copilotCli,
  sweAgent,
  atif,
  openCode,
  geminiCli,
  copilotChat,
  clineTasks,
  openHands,
  aider,
  contextFoundry,
  teamChat,
  vscode,
];
