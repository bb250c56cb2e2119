import {
  chat,
  ChatResultFeedbackKind,
  Disposable,
  l10n,
  Uri,
  type ChatFollowup,
  type ChatResult,
  type ChatResultFeedback,
} from 'vscode';
import { CHAT_PARTICIPANT } from '../../names.ts';
import type { Shell } from '../../shell.ts';
import { NEWER } from '../newerApi.ts';
import { answer, shownIn } from './answer.ts';

/** `@patterns` in the chat; nothing where this VS Code has no chat. */
export function registerChatParticipant(shell: Shell): Disposable {
  if (NEWER.chat?.createChatParticipant === undefined) return Disposable.from();
  const participant = chat.createChatParticipant(
    CHAT_PARTICIPANT,
    (request, context, stream, token) => answer(shell, { request, context, stream, token }),
  );
  participant.iconPath = Uri.joinPath(shell.context.extensionUri, 'media', 'icon.png');
  participant.followupProvider = { provideFollowups: (result) => followupsOf(result) };
  return Disposable.from(
    participant,
    participant.onDidReceiveFeedback((feedback) => {
      recordFeedback(shell, feedback).catch((error: unknown) => {
        shell.log.warn(`feedback of the chat was not recorded: ${String(error)}`);
      });
    }),
  );
}

function followupsOf(result: ChatResult): ChatFollowup[] {
  if (shownIn(result).length === 0) return [];
  return [
    { command: 'apply', prompt: '', label: l10n.t('Apply the first one here') },
    { command: 'why', prompt: '', label: l10n.t('Why these?') },
  ];
}

/** A thumb is about all that one answer showed. */
export async function recordFeedback(
  { connection }: Pick<Shell, 'connection'>,
  { result, kind }: Pick<ChatResultFeedback, 'result' | 'kind'>,
): Promise<void> {
  const verdict = kind === ChatResultFeedbackKind.Helpful ? 'up' : 'down';
  for (const { impression } of shownIn(result)) {
    if (impression !== null) await connection.engine.outcomes.record(impression, { kind: verdict });
  }
}
