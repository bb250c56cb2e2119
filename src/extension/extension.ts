import { ExtensionMode, Uri, window, type ExtensionContext } from 'vscode';
import { openAttention } from './attention/attention.ts';
import { registerChatParticipant } from './agents/chat/participant.ts';
import { exportGuide } from './agents/exportGuide.ts';
import { injectPatterns } from './agents/injectPatterns.ts';
import { registerLanguageTools } from './agents/languageTools.ts';
import { registerMcpServer } from './agents/mcpServer.ts';
import type { PatternFoundry } from '../core/model/api/program.ts';
import type { Engine } from '../core/model/engine.ts';
import { registerBrowser } from './browser/patternBrowser.ts';
import { registerCommand } from './command.ts';
import { registerControl } from './commands/extract/control.ts';
import { registerExtract } from './commands/extract/extract.ts';
import { registerExtractFile } from './commands/extract/extractFile.ts';
import { registerExtractFolder } from './commands/extract/extractFolder.ts';
import { registerExtractHistory } from './commands/extract/extractHistory.ts';
import { registerExtractSelection } from './commands/extract/extractSelection.ts';
import { registerPatternCommands } from './commands/patterns/patternCommands.ts';
import { registerRebuildIndex } from './commands/extract/rebuildIndex.ts';
import { registerShowStatus } from './commands/extract/showStatus.ts';
import { openReports } from './documents/reports.ts';
import { registerPatternFiles } from './documents/patternFiles.ts';
import { openEngineConnection, type OpenedEngineConnection } from './engine/connection.ts';
import { registerEngineNotices } from './engine/notices.ts';
import { registerContextKeys } from './jobs/contextKeys.ts';
import { openFollowing } from './following/following.ts';
import { openJobs } from './jobs/jobs.ts';
import { openLearning } from './jobs/learning.ts';
import { registerProgressNotification } from './jobs/notification.ts';
import { registerStatusBar } from './jobs/statusBar.ts';
import { registerAutoExtraction } from './autoExtraction/autoExtraction.ts';
import { createKnownFolders } from './autoExtraction/knownFolders.ts';
import { registerOffer } from './autoExtraction/offer.ts';
import { registerErrorHints } from './learned/errorHints.ts';
import { registerLearned } from './learned/registerLearned.ts';
import { chooseModel } from './models/chooseModel.ts';
import { createModelHost } from './models/modelHost.ts';
import { COMMANDS } from './names.ts';
import { doesItHelp } from './outcomes/doesItHelp.ts';
import { registerResolve } from './resolve/registerResolve.ts';
import { openRecordings } from './recording/recording.ts';
import { registerSessions } from './sessions/registerSessions.ts';
import { onDidChangeLibraryPath, readLibraryPath } from './settings.ts';
import type { Recordings, Shell } from './shell.ts';
import { registerCompletions } from './similar/completions.ts';
import { registerSimilarPatterns } from './similar/similarPatterns.ts';
import { registerSuggestions } from './suggest/registerSuggestions.ts';
import { browsePacks } from './team/browsePacks.ts';
import { registerTeam } from './team/registerTeam.ts';
import { registerVersions } from './versions/registerVersions.ts';

let connection: OpenedEngineConnection | undefined;
let recordings: Recordings | undefined;

/** @returns what other extensions may use; where tests run, the shell too */
export function activate(context: ExtensionContext): PatternFoundry & Partial<Shell> {
  const log = window.createOutputChannel('Pattern Foundry', { log: true });
  const bundles = Uri.joinPath(context.extensionUri, 'dist').fsPath;
  const reports = openReports();
  const models = createModelHost(context.secrets, reports);
  const engine = openEngineConnection({ bundles, log, library: readLibraryPath, models });
  connection = engine;
  const jobs = openJobs({ connection: engine, log });
  const learning = openLearning({ connection: engine, jobs, log });
  const known = createKnownFolders({
    memento: context.workspaceState,
    library: readLibraryPath,
  });
  const attention = openAttention(engine);
  const following = openFollowing({ connection: engine, log });
  const memento = context.workspaceState;
  const recorded = openRecordings({ connection: engine, jobs, known, log, memento });
  recordings = recorded;
  const shell: Shell = {
    ...{ context, log, connection: engine, jobs, known, attention, following },
    ...{ recordings: recorded, reports },
  };
  const browser = registerBrowser(shell);

  context.subscriptions.push(
    log,
    reports,
    jobs,
    attention,
    following,
    browser,
    registerContextKeys(shell),
    learning,
    registerStatusBar(shell, { jobs, learning }),
    registerProgressNotification(jobs),
    registerEngineNotices(shell, browser),
    registerExtract(shell),
    registerExtractFolder(shell),
    registerExtractFile(shell),
    registerExtractSelection(shell),
    registerExtractHistory(shell),
    registerControl(shell),
    registerShowStatus(shell, jobs),
    registerRebuildIndex(shell),
    registerPatternFiles(shell),
    registerPatternCommands(shell, browser),
    registerVersions(shell),
    registerTeam(shell),
    registerCommand(shell, COMMANDS.browsePacks, () => browsePacks(shell)),
    registerResolve(shell),
    registerSessions(shell),
    registerLearned(shell),
    registerErrorHints(shell),
    registerCommand(shell, COMMANDS.chooseModel, () => chooseModel(shell)),
    registerCommand(shell, COMMANDS.doesItHelp, () => doesItHelp(shell)),
    registerCommand(shell, COMMANDS.injectPatterns, (place) => injectPatterns(shell, place)),
    registerCommand(shell, COMMANDS.exportGuide, () => exportGuide(shell)),
    registerChatParticipant(shell),
    registerLanguageTools(shell),
    registerMcpServer(shell),
    registerAutoExtraction(shell),
    registerOffer(shell),
    registerSuggestions(shell),
    registerSimilarPatterns(shell),
    registerCompletions(shell),
    onDidChangeLibraryPath(() => {
      jobs.cancel();
      void engine.restart();
    }),
  );
  // Whoever closes it is done; the window is not.
  const shared: Engine = { ...engine.engine, close: () => Promise.resolve() };
  const api: PatternFoundry = { openEngine: () => Promise.resolve(shared) };
  return context.extensionMode === ExtensionMode.Test ? { ...shell, ...api } : api;
}

/** Resolves when what was recorded is written and the engine has closed its library. */
export async function deactivate(): Promise<void> {
  await recordings?.close();
  await connection?.close();
}
