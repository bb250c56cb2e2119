import type { EpochMs } from '../../model/epochMs.ts';
import type { NewSequence, Reward, RunKey, SequenceId } from '../../model/resolution/sequence.ts';
import type { Parameters } from '../../model/resolution/stages.ts';
import * as f from '../facts/fields.ts';
import { newSequence, reward, runKey, sequenceId } from './fields.ts';

/** What one line of the storage says. */
export type SequenceRecord = RecordBody & { readonly at: EpochMs };

export type RecordBody =
  | { readonly type: 'begun'; readonly run: RunKey; readonly hypers: Parameters }
  | ({ readonly type: 'sequence'; readonly id: SequenceId; readonly run: RunKey } & NewSequence)
  | { readonly type: 'finished'; readonly run: RunKey; readonly sequences: readonly SequenceId[] }
  | {
      readonly type: 'failed';
      readonly run: RunKey;
      readonly code: string;
      readonly message: string;
    }
  | ({ readonly type: 'reward' } & Omit<Reward, 'at'>);

type Body<Type extends RecordBody['type']> = Extract<RecordBody, { readonly type: Type }>;

const hypers: f.Field = {
  holds: (value) =>
    f.isObject(value) &&
    Object.values(value).every((one) => one === null || typeof one !== 'object'),
  replaceTexts: f.object<object>({}).replaceTexts,
};

/** The declaration of each kind; `type` is left as it is. */
export const RECORDS: Readonly<Record<RecordBody['type'], f.Field>> = {
  begun: f.object<Body<'begun'>>({ run: runKey, hypers }),
  sequence: f.object<Body<'sequence'>>({ ...newSequence, id: sequenceId, run: runKey }),
  finished: f.object<Body<'finished'>>({ run: runKey, sequences: f.list(sequenceId) }),
  failed: f.object<Body<'failed'>>({ run: runKey, code: f.text, message: f.text }),
  reward: f.object<Body<'reward'>>(reward),
};

/** `undefined` for what this version does not know. */
export function readRecord(value: Readonly<Record<string, unknown>>): SequenceRecord | undefined {
  const { type, at } = value;
  if (typeof type !== 'string' || !Object.hasOwn(RECORDS, type) || !f.number.holds(at)) {
    return undefined;
  }
  const field = RECORDS[type as RecordBody['type']];
  return field.holds(value) ? (value as unknown as SequenceRecord) : undefined;
}
