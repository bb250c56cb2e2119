import type { Localizer } from '../../../model/api/resolution.ts';
import { AppError } from '../../../model/errors.ts';
import type { LocalizedText } from '../../../model/localizedText.ts';
import type { ChatModel } from '../../../model/ports/chatModel.ts';
import type { Signal } from '../../../model/resolution/codePointer.ts';
import type { Localization } from '../../../model/resolution/stages.ts';
import { createAgentless } from './agentless.ts';
import { createCodemonkeys } from './codemonkeys.ts';
import { createComposed } from './composed.ts';
import { IMPORTED } from './imported.ts';
import { withKeptPlaces } from './keptPlaces.ts';
import { createHybrid, createMeaningLocalizer, createWords, type RankedParts } from './ranked.ts';

/** A model, or why none may be asked. */
export type ModelSource = () => Promise<
  { readonly model: ChatModel } | { readonly why: LocalizedText }
>;

export interface LocalizerParts extends RankedParts {
  /** The person's model, where it may be asked to resolve issues. */
  readonly chat: ModelSource;
  /**
   * What a model is asked is written down: places that it named before would come without a word of
   * it. Its answers are kept all the same, so that it is not asked twice.
   */
  readonly isRecorded?: boolean;
}

/**
 * The localizer of a name, which answers at once where it or another process did before.
 *
 * @throws AppError `model-not-allowed` for one that needs a model where none may be asked
 */
export async function createLocalizer(
  name: Localizer,
  parts: LocalizerParts,
): Promise<Localization> {
  const localizer = await createAsking(name, parts);
  const telling = tellingOf(name, parts);
  const isAsked = telling === 'model' && parts.isRecorded === true;
  return isAsked ? localizer : withKeptPlaces(localizer, parts, telling);
}

/** See `withKeptPlaces`. */
function tellingOf(name: Localizer, { meaning }: LocalizerParts): Signal | undefined {
  if (name === 'words' || name === 'imported') return undefined;
  if (name === 'meaning' || name === 'hybrid') return meaning && 'meaning';
  return 'model';
}

async function createAsking(name: Localizer, parts: LocalizerParts): Promise<Localization> {
  switch (name) {
    case 'words':
      return createWords(parts);
    case 'meaning':
      return createMeaningLocalizer(parts);
    case 'hybrid':
      return createHybrid(parts);
    case 'agentless':
      return createAgentless({ ...parts, model: await modelOf(parts) });
    case 'codemonkeys':
      return createCodemonkeys({ ...parts, model: await modelOf(parts) });
    case 'composed': {
      const withModel = { ...parts, model: await modelOf(parts) };
      return createComposed([createHybrid(parts), createAgentless(withModel)]);
    }
    case 'imported':
      return IMPORTED;
  }
}

/** @throws AppError `model-not-allowed` where none may be asked */
export async function modelOf({ chat }: Pick<LocalizerParts, 'chat'>): Promise<ChatModel> {
  const opened = await chat();
  if ('model' in opened) return opened.model;
  throw new AppError('model-not-allowed', opened.why);
}
