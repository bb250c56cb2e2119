import * as vscode from 'vscode';
import type {
  CancellationToken,
  ChatRequest,
  Disposable,
  Event,
  LanguageModelChat,
  MarkdownString,
} from 'vscode';

/*
 * Stable API that is newer than the oldest VS Code this runs in, as far as it is used; the types of
 * that version do not have it. Whoever asks for it must do without it.
 */

/** Since 1.95. */
export interface ToolOptions<Input> {
  readonly input: Input;
}

export interface LanguageModelTool<Input> {
  invoke(options: ToolOptions<Input>, token: CancellationToken): Promise<unknown>;
  prepareInvocation?(options: ToolOptions<Input>): {
    readonly invocationMessage?: string;
    readonly confirmationMessages?: {
      readonly title: string;
      readonly message: string | MarkdownString;
    };
  };
}

/** Since 1.101. */
export interface McpServerProvider {
  readonly onDidChangeMcpServerDefinitions?: Event<void>;
  provideMcpServerDefinitions(): Promise<readonly unknown[]>;
}

interface NewerApi {
  readonly lm?: {
    readonly registerTool?: (name: string, tool: LanguageModelTool<never>) => Disposable;
    readonly registerMcpServerDefinitionProvider?: (
      id: string,
      provider: McpServerProvider,
    ) => Disposable;
  };
  readonly LanguageModelToolResult?: new (content: readonly unknown[]) => unknown;
  readonly LanguageModelTextPart?: new (value: string) => unknown;
  readonly McpStdioServerDefinition?: new (
    label: string,
    command: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    version: string,
  ) => unknown;
  readonly chat?: { readonly createChatParticipant?: unknown };
}

export const NEWER = vscode as unknown as NewerApi;

/** The model a person chose for a request; since 1.95. */
export function modelOf(request: ChatRequest): LanguageModelChat | undefined {
  return (request as ChatRequest & { readonly model?: LanguageModelChat }).model;
}
