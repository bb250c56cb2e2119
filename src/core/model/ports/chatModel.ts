import { AppError } from '../errors.ts';
import { localized } from '../localizedText.ts';
import type { ApiTable } from '../api/calls.ts';
import type { Watch } from '../api/watch.ts';

/** What may ask a language model; a setting names those that may, and it is empty at first. */
export const MODEL_USES = ['learning', 'descriptions', 'resolution'] as const;
export type ModelUse = (typeof MODEL_USES)[number];

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  /** Tokens the answer may have at most. */
  readonly maxTokens: number;
  /** 0 where the likeliest answer is wanted, which is the usual thing. */
  readonly temperature?: number;
  /** Tells samples of one question apart, which is otherwise answered once and kept. */
  readonly sample?: number;
  /** JSON Schema of the answer, for servers that hold a model to one. */
  readonly shape?: Readonly<Record<string, unknown>>;
}

export interface ChatUsage {
  readonly input: number;
  readonly output: number;
  /** The door did not tell: by the length of the texts. */
  readonly isGuessed: boolean;
}

export interface ChatAnswer {
  readonly text: string;
  /** What it took when it was asked, also where it was kept since. */
  readonly usage: ChatUsage;
  /** It was broken off because it reached `maxTokens`. */
  readonly isCut: boolean;
}

export interface ChatWatch extends Pick<Watch, 'signal'> {
  /** Told what a try took that ended without an answer, as a stream that broke off does. */
  readonly onLost?: (usage: ChatUsage) => void;
}

/** A language model, by whatever door. */
export interface ChatModel {
  /** What the door calls it, such as `qwen3:4b`. */
  readonly name: string;
  /**
   * @throws AppError `model-failed`, `model-budget-spent`, `model-not-allowed`
   * @throws an `AbortError` when stopped
   */
  complete(request: ChatRequest, watch?: ChatWatch): Promise<ChatAnswer>;
}

/** Where a model is, and what may be asked of it; set by the person alone, never by a folder. */
export interface ModelSettings {
  /** `editor`: the model chosen in the editor. `address`: an OpenAI-compatible server. */
  readonly door: 'none' | 'editor' | 'address';
  /** Such as `http://127.0.0.1:11434/v1`; empty for the other doors. */
  readonly address: string;
  /** Name of the model there; empty for the one that the door prefers. */
  readonly name: string;
  readonly uses: readonly ModelUse[];
  /** Tokens, sent and received, that one run may take. */
  readonly maxTokens: number;
  /** US dollars that one run may cost, where the price is known. */
  readonly maxUsd: number;
}

export const NO_MODEL: ModelSettings = {
  ...{ door: 'none', address: '', name: '', uses: [], maxTokens: 200_000, maxUsd: 1 },
};

/** What a person is shown before anything of a use is sent to a place for the first time. */
export interface SendingPreview {
  readonly use: ModelUse;
  /** The address, or the name of the editor's model. */
  readonly to: string;
  readonly model: string;
  /** The first messages, without secrets, as they are sent. */
  readonly messages: readonly ChatMessage[];
}

/** What a surface knows of models, and alone can ask. */
export interface ModelHost {
  settings(): Promise<ModelSettings>;
  /** The key for an address; `undefined` where none is kept. */
  key(address: string): Promise<string | undefined>;
  /** Shows what would be sent; false where the person does not want that, or nobody is there. */
  confirm(preview: SendingPreview): Promise<boolean>;
  /**
   * Asks the model that is chosen in the editor, which does not tell what that took; see
   * `ChatModel.complete`.
   */
  complete(request: ChatRequest, watch?: Watch): Promise<Omit<ChatAnswer, 'usage'>>;
}

/** What the process of an engine asks of the surface it belongs to. */
export interface HostApi {
  readonly models: ModelHost;
}

export const HOST_CALLS: ApiTable<HostApi> = {
  models: { settings: 0, key: 1, confirm: 1, complete: 1 },
};

/** Where nobody set a model. */
export const NO_HOST: ModelHost = {
  settings: () => Promise.resolve(NO_MODEL),
  key: () => Promise.resolve(undefined),
  confirm: () => Promise.resolve(false),
  complete: () => Promise.reject(noEditor()),
};

/** What a surface without an editor answers. */
export function noEditor(): AppError {
  return new AppError('model-failed', localized`there is no editor whose model could be asked`);
}
