import { Disposable, l10n } from 'vscode';
import { AppError } from '../../core/model/errors.ts';
import type { OutcomeKind } from '../../core/model/outcomes/outcome.ts';
import { extractableFolders } from '../folders.ts';
import { LANGUAGE_TOOLS } from '../names.ts';
import { searchSettings } from '../searchSettings.ts';
import type { Shell } from '../shell.ts';
import { type LanguageModelTool, NEWER } from './newerApi.ts';

interface FindInput {
  readonly query: string;
  readonly limit?: number;
}

interface OutcomeInput {
  readonly impression: string;
  readonly outcome: OutcomeKind;
  readonly share?: number;
}

/** Told to the model, which is to go on without. */
const TURNED_OFF =
  'The user has turned off that patterns are given to agents (injection.enabled). Go on without them.';

/** Tools that language models call by themselves; nothing where VS Code knows none. */
export function registerLanguageTools(shell: Shell): Disposable {
  const register = NEWER.lm?.registerTool;
  if (register === undefined) return Disposable.from();
  return Disposable.from(
    register(LANGUAGE_TOOLS.find, findTool(shell)),
    register(LANGUAGE_TOOLS.recordOutcome, outcomeTool(shell)),
  );
}

function findTool(shell: Shell): LanguageModelTool<FindInput> {
  return {
    prepareInvocation: () => ({ invocationMessage: l10n.t('Looking for patterns') }),
    invoke: ({ input }) =>
      answerWith(async () => {
        const { defaultLimit, minRelevance, isInjected } = await searchSettings(shell);
        if (!isInjected) return TURNED_OFF;
        const { text } = await shell.connection.engine.prompts.offer({
          text: input.query,
          surface: 'chat',
          folders: extractableFolders().map(({ uri }) => uri.fsPath),
          limit: input.limit ?? defaultLimit,
          minRelevance,
        });
        return text;
      }),
  };
}

function outcomeTool({ connection }: Shell): LanguageModelTool<OutcomeInput> {
  return {
    prepareInvocation: ({ input }) => ({
      invocationMessage: l10n.t('Recording what became of a pattern'),
      confirmationMessages: {
        title: l10n.t('Record the outcome of a pattern?'),
        message: l10n.t('Outcome: {0}. It affects what is suggested next time.', input.outcome),
      },
    }),
    invoke: ({ input }) =>
      answerWith(async () => {
        const { impression, outcome, share } = input;
        const draft = { kind: outcome, ...(share !== undefined && { share }) };
        await connection.engine.outcomes.record(impression, draft);
        return `Recorded: ${outcome}.`;
      }),
  };
}

/** What a tool says to the model, and why it cannot. */
async function answerWith(work: () => Promise<string>): Promise<unknown> {
  const { LanguageModelToolResult: Result, LanguageModelTextPart: Text } = NEWER;
  if (Result === undefined || Text === undefined) return undefined;
  try {
    return new Result([new Text(await work())]);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return new Result([new Text(`${error.code}: ${error.message}`)]);
  }
}
