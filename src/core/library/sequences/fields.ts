import type { CodePointer } from '../../model/resolution/codePointer.ts';
import type { MendedBy, MendedPlace } from '../../model/resolution/mended.ts';
import type { Origin, Patch, PatchedFile, ReproductionTest } from '../../model/resolution/patch.ts';
import type {
  NewSequence,
  Reward,
  RunKey,
  SequenceMessage,
  ToolCall,
} from '../../model/resolution/sequence.ts';
import type { Judged, Selected, StageOutput } from '../../model/resolution/stages.ts';
import type { Hunk } from '../../model/trial/patch.ts';
import type { ChatUsage } from '../../model/ports/chatModel.ts';
import * as f from '../facts/fields.ts';
import { range } from '../facts/textFields.ts';

/** What lines of the storage hold, and what of it is text whose secrets are replaced. */

/** Names are compared, so what looks like one stays. */
const name = f.inForm(/^[\w./@+-]{1,200}$/);
const sequenceId = f.inForm(/^[0-9a-f]{32}$/);

/** Reasons: every text in them counts. */
const reasons = f.list(f.object<object>({}));

/**
 * Lines of a diff. Their marks are taken off, and they are looked at together, because some secrets
 * have several lines.
 */
const diffLines: f.Field = {
  holds: f.list(f.text).holds,
  replaceTexts(value, replace) {
    const lines = value as readonly string[];
    const texts = replace(lines.map((line) => line.slice(1)).join('\n')).split('\n');
    return lines.map((line, at) => `${line.slice(0, 1)}${texts[at] ?? ''}`);
  },
};

const hunk = f.object<Hunk>({
  ...{ oldStart: f.count, oldLines: f.count, newStart: f.count, newLines: f.count },
  lines: diffLines,
});

const patchedFile = f.object<PatchedFile>({
  path: f.text,
  formerPath: f.optional(f.text),
  kind: f.oneOf(['changed', 'added', 'deleted']),
  mode: f.optional(f.inForm(/^[0-7]{6}$/)),
  hunks: f.list(hunk),
  baseHash: f.nullable(f.hash),
});

const patch = f.object<Patch>({
  id: f.hash,
  files: f.list(patchedFile),
  origin: f.object<Origin>({ by: name, sample: f.count }),
  score: f.optional(f.number),
  why: reasons,
});

export const place = f.object<CodePointer>({
  kind: f.oneOf(['file', 'declaration', 'lines']),
  path: f.text,
  symbol: f.nullable(f.text),
  range: f.nullable(range),
  score: f.number,
  signals: f.numbersByName,
  why: reasons,
});

const reproductionTest = f.object<ReproductionTest>({ patch, path: f.text, isBlind: f.flag });

const choice = either('kind', {
  chosen: f.object<{ readonly patch: Patch }>({ patch }),
  tie: f.object<{ readonly patches: readonly Patch[] }>({ patches: f.list(patch) }),
  none: f.object<object>({}),
});

const mendedPlace = f.object<MendedPlace>({
  path: f.text,
  symbol: f.nullable(f.text),
  range: f.nullable(range),
});

const mendedBy = f.object<MendedBy>({
  commit: f.hash,
  date: f.dateText,
  subject: f.text,
  sureness: f.number,
  places: f.list(mendedPlace),
});

const selected = f.object<Selected>({
  choice,
  judged: f.list(
    f.object<Judged>({ patch, score: f.number, why: reasons, isTested: f.optional(f.flag) }),
  ),
  why: reasons,
  notes: reasons,
  mendedBy: f.optional(mendedBy),
});

const output = either<StageOutput['stage']>('stage', {
  localization: f.object<{ readonly places: readonly CodePointer[] }>({ places: f.list(place) }),
  generation: f.object<{ readonly patches: readonly Patch[] }>({ patches: f.list(patch) }),
  testing: f.object<{ readonly tests: readonly ReproductionTest[] }>({
    tests: f.list(reproductionTest),
  }),
  selection: f.object<{ readonly selected: Selected }>({ selected }),
});

/** An object that says by one of its fields which others it has. */
function either<Kind extends string>(tag: string, kinds: Readonly<Record<Kind, f.Field>>): f.Field {
  const byName = new Map<unknown, f.Field>(Object.entries(kinds));
  const fieldOf = (value: unknown): f.Field | undefined =>
    f.isObject(value) ? byName.get(value[tag]) : undefined;
  return {
    holds: (value) => fieldOf(value)?.holds(value) === true,
    replaceTexts: (value, replace) => {
      const replaced = fieldOf(value)?.replaceTexts?.(value, replace) ?? value;
      // The tag is a word of ours.
      return f.isObject(value) && f.isObject(replaced)
        ? { ...replaced, [tag]: value[tag] }
        : replaced;
    },
  };
}

const message = f.object<SequenceMessage & { readonly toolCalls?: unknown; toolCallId?: unknown }>({
  role: f.oneOf(['system', 'user', 'assistant', 'tool']),
  content: f.text,
  toolCalls: f.optional(f.list(f.object<ToolCall>({ id: name, name, arguments: f.text }))),
  toolCallId: f.optional(name),
});

const usage = f.object<ChatUsage>({ input: f.count, output: f.count, isGuessed: f.flag });

export const runKey = f.object<RunKey>({
  experiment: name,
  hypers: f.inForm(/^[0-9a-f]{16}$/),
  instance: name,
  repetition: f.count,
});

export const newSequence: f.Fields<NewSequence> = {
  stage: f.oneOf(['localization', 'generation', 'testing', 'selection']),
  name,
  parent: f.nullable(sequenceId),
  messages: f.list(message),
  usage,
  output: f.nullable(output),
};

export const reward: f.Fields<Omit<Reward, 'at'>> = {
  sequence: sequenceId,
  measure: name,
  value: f.number,
};

export { name, sequenceId };
