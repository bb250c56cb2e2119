import {
  Disposable,
  l10n,
  MarkdownString,
  StatusBarAlignment,
  ThemeColor,
  TerminalLink,
  window,
  type Terminal,
} from 'vscode';
import type { FailedRun, KnownError } from '../../core/model/api/learning.ts';
import { systemClock } from '../../core/platform/clock.ts';
import { extractableFolders } from '../folders.ts';
import { logFailure } from '../failure.ts';
import { INNER_COMMANDS } from '../names.ts';
import { asPlainLabel, asPlainMarkdown } from '../plainText.ts';
import { readHasErrorHints } from '../settings.ts';
import type { Shell } from '../shell.ts';
import { sessionsText } from './lessonText.ts';
import { watchEndedRuns } from '../terminal/endedRuns.ts';

/** The error stands near the end of what a program printed. */
const MOST_OUTPUT = 50_000;
/** A hint about a run that nobody came back to says nothing any more. */
const SHOWN_MS = 10 * 60_000;
/** Of what is asked about lines of terminals. */
const MOST_ASKED = 200;
const LONGEST_LABEL = 60;
/** Lines that may tell an error; only these are asked about. */
const LIKE_ERROR = /error|exception|fail|fatal|panic|not found|no such|no module|cannot|can't/i;

interface KnownLink extends TerminalLink {
  readonly known: KnownError;
}

/**
 * Says quietly what mended an error before: in the status bar when a command in a terminal ended with
 * one that is known, and as a link where a terminal tells one, that of a task too.
 */
export function registerErrorHints(shell: Shell): Disposable {
  const item = window.createStatusBarItem('patternFoundry.knownError', StatusBarAlignment.Left, -1);
  item.name = l10n.t('Pattern Foundry: Known Error');
  let callOff: (() => void) | undefined;
  /** By line; what is learned meanwhile is asked about anew. */
  const asked = new Map<string, Promise<KnownError | undefined>>();

  const hide = (): void => {
    callOff?.();
    item.hide();
  };
  const show = (known: KnownError): void => {
    callOff?.();
    item.text = `$(lightbulb) ${l10n.t('Fixed before by: {0}', labelOf(known.mending))}`;
    item.tooltip = tooltipOf(known);
    item.color = new ThemeColor('statusBar.foreground');
    item.accessibilityInformation = { label: l10n.t('Fixed before by: {0}', known.mending) };
    item.command = {
      command: INNER_COMMANDS.openLesson,
      title: l10n.t('Open Pattern'),
      arguments: [known.id],
    };
    item.show();
    callOff = systemClock.after(SHOWN_MS, hide);
  };

  async function look(run: FailedRun): Promise<KnownError | undefined> {
    try {
      return await shell.connection.engine.learning.knownError(run);
    } catch (error) {
      logFailure(shell, error);
      return undefined;
    }
  }

  function lookOnce(line: string): Promise<KnownError | undefined> {
    const known = asked.get(line) ?? look({ output: line, command: '', ...folderOfWindow() });
    if (asked.size >= MOST_ASKED) asked.clear();
    asked.set(line, known);
    return known;
  }

  return Disposable.from(
    item,
    { dispose: hide },
    shell.connection.onDidChangeLibrary(() => {
      asked.clear();
    }),
    watchEndedRuns({
      wantsOutput: readHasErrorHints,
      mostCharacters: MOST_OUTPUT,
      onEnd: ({ commandLine: command, exitCode, place, output }) => {
        hide();
        if (output === undefined || exitCode === undefined || exitCode === 0) return;
        const folder = place === undefined ? folderOfWindow() : { folder: place.fsPath };
        void look({ output, command, ...folder }).then((known) => {
          if (known !== undefined) show(known);
        });
      },
    }),
    window.registerTerminalLinkProvider({
      async provideTerminalLinks({ line }: { readonly line: string; terminal: Terminal }) {
        const text = line.trim();
        if (!readHasErrorHints() || !LIKE_ERROR.test(text)) return [];
        const known = await lookOnce(text);
        return known === undefined ? [] : [linkOf(line, text, known)];
      },
      handleTerminalLink: ({ known }: KnownLink) => {
        show(known);
      },
    }),
  );
}

function linkOf(line: string, text: string, known: KnownError): KnownLink {
  const tooltip = l10n.t('Fixed before by: {0}', labelOf(known.mending));
  return Object.assign(new TerminalLink(line.indexOf(text), text.length, tooltip), { known });
}

function folderOfWindow(): Pick<FailedRun, 'folder'> {
  const [first] = extractableFolders();
  return first === undefined ? {} : { folder: first.uri.fsPath };
}

/** On one line, where no part of it is an icon. */
function labelOf(text: string): string {
  const label = asPlainLabel(text);
  return label.length <= LONGEST_LABEL ? label : `${label.slice(0, LONGEST_LABEL - 1)}…`;
}

function tooltipOf({
  line,
  mending,
  frequency,
  sessions,
  suggestedFix,
}: KnownError): MarkdownString {
  const share =
    suggestedFix === undefined
      ? l10n.t('This worked once.')
      : l10n.t(
          'This worked in {0} % of {1} cases.',
          Math.round(100 * suggestedFix.share),
          suggestedFix.n,
        );
  const lines = [
    asPlainMarkdown(line),
    l10n.t('Fixed before by: {0}', asPlainMarkdown(mending)),
    l10n.t('Seen {0} × in {1}.', frequency, sessionsText(sessions)),
    share,
  ];
  return new MarkdownString(lines.join('\n\n'));
}
