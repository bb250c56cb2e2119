import type { Progress } from '../../core/model/api/watch.ts';

/**
 * One way to call over a channel that only carries messages. A call has a number of its own; it is
 * told progress and gets one `result`, `failure` or `stopped` of that number.
 */
export type CallMessage =
  | {
      readonly type: 'call';
      readonly call: number;
      readonly area: string;
      readonly method: string;
      /** Those of the method without its trailing `Watch`. */
      readonly parameters: readonly unknown[];
    }
  /** Aborts the signal of a call. */
  | { readonly type: 'abort'; readonly call: number };

/** @typeParam Failure an error as the channel carries it */
export type AnswerMessage<Failure> =
  | { readonly type: 'progress'; readonly call: number; readonly progress: Progress }
  | { readonly type: 'result'; readonly call: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly call: number; readonly failure: Failure }
  /** It ended because its signal was aborted. */
  | { readonly type: 'stopped'; readonly call: number };
