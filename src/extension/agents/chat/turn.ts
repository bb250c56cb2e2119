import type { CancellationToken, ChatContext, ChatRequest, ChatResponseStream } from 'vscode';

/** One turn of the chat. */
export interface Turn {
  readonly request: ChatRequest;
  readonly context: ChatContext;
  readonly stream: ChatResponseStream;
  readonly token: CancellationToken;
}
