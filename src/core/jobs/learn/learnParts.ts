import type { OpenedChat } from '../../chat/openChat.ts';
import type { Config } from '../../model/config.ts';
import type { EpochMs } from '../../model/epochMs.ts';
import type { Library } from '../../model/ports/library.ts';
import type { ModelUse } from '../../model/ports/chatModel.ts';
import type { SecretGate } from '../../model/ports/secretGate.ts';
import type { ProjectsOfFolders } from '../find/scope.ts';
import type { SessionParts } from '../sessions/sessionLogs.ts';

/** What learning from sessions needs beside their logs. */
export interface LearnParts extends SessionParts {
  readonly gate: SecretGate;
  /** With what other processes wrote meanwhile. */
  readonly current: () => Library;
  readonly projectsOfFolders: ProjectsOfFolders;
  readonly now: () => EpochMs;
  readonly chat: (use: ModelUse) => Promise<OpenedChat>;
  /** Settings of a folder; the usual ones where it has none, or they are wrong. */
  readonly config: (folder: string | undefined) => Config;
}
