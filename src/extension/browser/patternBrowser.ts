import { commands, Disposable, l10n, window, workspace } from 'vscode';
import type { WebviewView } from 'vscode';
import type { PatternFilter } from '../../core/model/filter.ts';
import type { PatternId } from '../../core/model/pattern.ts';
import type { ToBrowser } from '../../protocol/browser.ts';
import { createPatternActions, type PatternActions } from '../actions/patternActions.ts';
import { displayed } from '../displayed.ts';
import { describeFailure, logFailure, showFailure } from '../failure.ts';
import { coalesce } from '../../core/platform/coalesce.ts';
import { loadPage } from '../loadPage.ts';
import { BROWSER_VIEW } from '../names.ts';
import type { Shell } from '../shell.ts';
import { createAnswers } from './browserCalls.ts';
import { createConversation, type Conversation } from './conversation.ts';
import { doAction } from './doAction.ts';
import { narrowingSources } from './narrowingSources.ts';
import { browserStatus } from './status.ts';

/** Changes of the library within this time are told as one: a part of what `changes.ts` allows. */
const CHANGES_MS = 15;

/** Progress within this time is told as one. */
const STATUS_MS = 100;

/** The pattern browser in the sidebar, whether it was opened yet or not. */
export interface PatternBrowser {
  /** Opens the view with one pattern. */
  show(id: PatternId): Promise<void>;
  /** Opens the view with the cursor in the search box. */
  search(text: string | undefined): Promise<void>;
  /** Opens the view with what passes of the workspace. */
  list(filters: PatternFilter): Promise<void>;
  /** Opens the view with what was imported and waits. */
  showQuarantine(): Promise<void>;
  isVisible(): boolean;
  dispose(): void;
}

export function registerBrowser(shell: Shell): PatternBrowser {
  const actions = createPatternActions(shell);
  let page: Page | undefined;
  let request: ToBrowser | undefined;

  /** What a command asks for waits until the page listens; only the last of it counts. */
  function takeRequest(): ToBrowser | undefined {
    const taken = request;
    request = undefined;
    return taken;
  }

  async function open(message: ToBrowser): Promise<void> {
    request = message;
    page?.sayRequest();
    await commands.executeCommand(`${BROWSER_VIEW}.focus`);
  }

  const registration = window.registerWebviewViewProvider(BROWSER_VIEW, {
    resolveWebviewView(view) {
      page?.dispose();
      page = openPage({ shell, actions, takeRequest }, view);
    },
  });
  return {
    show: (id) => open({ type: 'show', id }),
    search: (text) => open({ type: 'search', text }),
    list: (filters) => open({ type: 'list', state: 'live', filters }),
    showQuarantine: () => open({ type: 'list', state: 'quarantined', filters: {} }),
    isVisible: () => page?.isVisible() === true,
    dispose() {
      registration.dispose();
      page?.dispose();
    },
  };
}

interface PageParts {
  readonly shell: Shell;
  readonly actions: PatternActions;
  readonly takeRequest: () => ToBrowser | undefined;
}

interface Page {
  sayRequest(): void;
  isVisible(): boolean;
  dispose(): void;
}

/** Talks with the page of one view, which is loaded anew each time the view is shown. */
function openPage({ shell, actions, takeRequest }: PageParts, view: WebviewView): Page {
  const { connection, jobs } = shell;
  const { webview } = view;
  let isListening = false;

  function say(message: ToBrowser): void {
    if (isListening) void webview.postMessage(message);
  }

  function sayStatus(): void {
    say({ type: 'status', status: browserStatus(shell) });
  }

  function sayRequest(): void {
    if (!isListening) return;
    const message = takeRequest();
    if (message !== undefined) say(message);
  }

  const conversation = createPageConversation(shell, actions, {
    say,
    onReady() {
      isListening = true;
      sayStatus();
      sayRequest();
    },
  });
  const changes = coalesce({ delayMs: CHANGES_MS }, () => {
    say({ type: 'changed' });
  });
  const status = coalesce({ delayMs: STATUS_MS }, sayStatus);
  const listening = Disposable.from(
    changes,
    status,
    webview.onDidReceiveMessage((message) => conversation.hear(message)),
    view.onDidChangeVisibility(() => {
      if (!view.visible) stop();
    }),
    view.onDidDispose(() => {
      stop();
      listening.dispose();
    }),
    connection.onDidChangeLibrary(changes.call),
    connection.onDidChangeState(status.call),
    jobs.onDidChange(status.call),
    workspace.onDidGrantWorkspaceTrust(sayPlacesChanged),
    workspace.onDidChangeWorkspaceFolders(sayPlacesChanged),
  );

  /** Sources of patterns can be opened now that could not, or the other way round. */
  function sayPlacesChanged(): void {
    status.call();
    changes.call();
  }

  function stop(): void {
    isListening = false;
    conversation.close();
  }

  loadPage(webview, shell.context.extensionUri, { name: 'main', title: l10n.t('Patterns') });
  return {
    sayRequest,
    isVisible: () => view.visible,
    dispose() {
      stop();
      listening.dispose();
    },
  };
}

function createPageConversation(
  shell: Shell,
  actions: PatternActions,
  { say, onReady }: { say: (message: ToBrowser) => void; onReady: () => void },
): Conversation {
  return createConversation({
    answers: createAnswers({
      engine: shell.connection.engine,
      ...narrowingSources(shell),
      displayed,
      onLook: (id) => {
        shell.attention.lookedAt(id);
      },
    }),
    say,
    onReady,
    async act(action) {
      try {
        await doAction(shell, actions, action);
      } catch (error) {
        void showFailure(shell, error);
      }
    },
    describe(error) {
      logFailure(shell, error);
      return describeFailure(error);
    },
    onNonsense() {
      shell.log.warn('the pattern browser sent a message that makes no sense');
    },
  });
}
