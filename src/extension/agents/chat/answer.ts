import {
  ChatResponseTurn,
  commands,
  l10n,
  window,
  type ChatContext,
  type ChatRequest,
  type ChatResponseStream,
  type ChatResult,
} from 'vscode';
import { AppError } from '../../../core/model/errors.ts';
import type { PatternId } from '../../../core/model/pattern.ts';
import { displayed } from '../../displayed.ts';
import { extractableFolders } from '../../folders.ts';
import { CHAT_PARTICIPANT, COMMANDS } from '../../names.ts';
import { heldOutText, isHeldOut } from '../injectPatterns.ts';
import { searchSettings } from '../../searchSettings.ts';
import type { Shell } from '../../shell.ts';
import { modelOf } from '../newerApi.ts';
import { askModel } from './model.ts';
import type { Turn } from './turn.ts';
import { showWhereToFix } from './whereToFix.ts';
import { showCode, showOffers, showReasons, type Shown } from './show.ts';

/** What an answer showed, best first; empty for answers of others. */
export function shownIn({ metadata }: ChatResult): readonly Shown[] {
  const shown: unknown = metadata?.['shown'];
  return Array.isArray(shown) ? (shown as readonly Shown[]) : [];
}

/** Answers one request; what goes wrong is said in the chat. */
export async function answer(shell: Shell, turn: Turn): Promise<ChatResult> {
  try {
    const shown = await answerCommand(shell, turn);
    return { metadata: { shown } };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { errorDetails: { message: displayed(error.localizedMessage) } };
  }
}

function answerCommand(shell: Shell, turn: Turn): Promise<readonly Shown[]> {
  switch (turn.request.command) {
    case 'find':
      return find(shell, turn);
    case 'apply':
      return apply(shell, turn);
    case 'fix':
      return showWhereToFix(shell, turn, textOf(turn.request));
    case 'save':
      return save(turn);
    case 'why':
      return showReasons(shell, turn.stream, lastShown(turn.context));
    case 'rate':
      return rate(shell, turn);
    default:
      return ask(shell, turn);
  }
}

async function find(shell: Shell, { request, stream }: Turn): Promise<readonly Shown[]> {
  const { defaultLimit, minRelevance } = await searchSettings(shell);
  const page = await shell.connection.engine.prompts.offer({
    text: textOf(request),
    surface: 'chat',
    folders: folders(),
    limit: defaultLimit,
    minRelevance,
  });
  return showOffers(shell, stream, page);
}

/**
 * The model of the person answers, with the patterns that fit before it; without a model, or where none
 * may be put before one, they are listed.
 */
async function ask(shell: Shell, turn: Turn): Promise<readonly Shown[]> {
  const { request, stream } = turn;
  const { maxPatterns, minRelevance, minSuccessRate, tokenBudget, holdout, isInjected } =
    await searchSettings(shell);
  if (modelOf(request) === undefined || !isInjected) return find(shell, turn);
  const { text, patterns, leftOut, look } = await shell.connection.engine.prompts.inject({
    task: textOf(request),
    prompt: textOf(request),
    surface: 'chat',
    folders: folders(),
    ...{ maxPatterns, minRelevance, minSuccessRate, tokenBudget, holdout },
  });
  if (look !== null) shell.following.followTask(look, extractableFolders());
  if (isHeldOut(leftOut)) stream.markdown(`_${heldOutText()}_\n\n`);
  const shown = patterns.map(({ id, impression }) => ({ id, impression }));
  await showCode(shell, stream, { shown, withCode: false });
  await askModel(turn, text);
  return shown;
}

/** One pattern for the place of the cursor: adapted by a model where there is one. */
async function apply(shell: Shell, turn: Turn): Promise<readonly Shown[]> {
  const { request, stream, context } = turn;
  const shown =
    request.prompt.trim() === '' ? lastShown(context).slice(0, 1) : await firstFor(shell, request);
  if (shown.length === 0) {
    stream.markdown(l10n.t('No pattern is relevant. Say in other words what the code should do.'));
    return [];
  }
  const isAdapted = modelOf(request) !== undefined;
  const quoted = await showCode(shell, stream, { shown, withCode: !isAdapted });
  if (isAdapted && quoted !== '') await askModel(turn, adaptationOf(quoted, request.prompt));
  return shown;
}

async function firstFor(shell: Shell, request: ChatRequest): Promise<readonly Shown[]> {
  const { offers } = await shell.connection.engine.prompts.offer({
    text: textOf(request),
    surface: 'chat',
    folders: folders(),
    limit: 1,
  });
  return offers.map(({ id, impression }) => ({ id, impression }));
}

/** Lines of the file around the cursor that a model is shown. */
const LINES_AROUND = 60;

function adaptationOf(quoted: string, wish: string): string {
  const editor = window.activeTextEditor;
  const line = editor?.selection.active.line ?? 0;
  const around = editor?.document
    .getText()
    .split('\n')
    .slice(Math.max(0, line - LINES_AROUND), line + LINES_AROUND)
    .join('\n');
  return [
    'Adapt the example below to the file it is to go into: its names, its style, its imports. Answer with the code and one sentence.',
    ...(wish.trim() === '' ? [] : [wish]),
    quoted,
    ...(around === undefined ? [] : ['The file around the cursor:', `~~~~\n${around}\n~~~~`]),
  ].join('\n\n');
}

async function save({ stream }: Turn): Promise<readonly Shown[]> {
  const editor = window.activeTextEditor;
  if (editor === undefined || editor.selection.isEmpty) {
    stream.markdown(l10n.t('Select the code to save, then run the command again.'));
    return [];
  }
  await commands.executeCommand(COMMANDS.saveSelection);
  return [];
}

async function rate(shell: Shell, { request, context, stream }: Turn): Promise<readonly Shown[]> {
  const [verdict = ''] = /\b(?:up|down|[1-5])\b/.exec(request.prompt.toLowerCase()) ?? [];
  const [first] = lastShown(context);
  if (first === undefined) {
    stream.markdown(l10n.t('Nothing that could be rated has been shown yet.'));
    return [];
  }
  if (verdict === '') {
    addRateButton(stream, first.id);
    return [first];
  }
  const rating = verdict === 'up' ? 5 : verdict === 'down' ? 1 : Number(verdict);
  await shell.connection.engine.curate.rate(first.id, rating as 1 | 2 | 3 | 4 | 5, {});
  stream.markdown(l10n.t('Your rating was saved: {0} of 5.', rating));
  return [first];
}

function addRateButton(stream: ChatResponseStream, id: PatternId): void {
  stream.button({ command: COMMANDS.rate, title: l10n.t('Rate…'), arguments: [id] });
}

/** What the last answer of this participant showed. */
function lastShown({ history }: ChatContext): readonly Shown[] {
  const answers = history.filter(
    (turn): turn is ChatResponseTurn =>
      turn instanceof ChatResponseTurn && turn.participant === CHAT_PARTICIPANT,
  );
  const last = answers.findLast(({ result }) => shownIn(result).length > 0);
  return last === undefined ? [] : shownIn(last.result);
}

/** What is asked for: the words or, where there are none, the selected code. */
function textOf({ prompt }: ChatRequest): string {
  if (prompt.trim() !== '') return prompt;
  const editor = window.activeTextEditor;
  return editor === undefined ? '' : editor.document.getText(editor.selection);
}

function folders(): readonly string[] {
  return extractableFolders().map(({ uri }) => uri.fsPath);
}
