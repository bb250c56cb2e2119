import type { EventBody } from '../../model/event.ts';
import { commit } from './code/commit.ts';
import { file } from './code/file.ts';
import { history } from './code/history.ts';
import { idioms } from './code/idioms.ts';
import { lastChange } from './code/lastChange.ts';
import { measure } from './code/measure.ts';
import { project } from './code/project.ts';
import { revert } from './code/revert.ts';
import { createFacts } from './facts.ts';
import type { AnyFactKind } from './kind.ts';
import { impressions } from './outcome/impressions.ts';
import { outcome } from './outcome/outcome.ts';
import { person } from './outcome/person.ts';
import { rating } from './outcome/rating.ts';
import { shown } from './outcome/shown.ts';
import { experiment } from './outcome/experiment.ts';
import { use } from './outcome/use.ts';
import { batch } from './session/batch.ts';
import { experience } from './session/experience.ts';
import { accept } from './pattern/accept.ts';
import { dismiss } from './pattern/dismiss.ts';
import { edit } from './pattern/edit.ts';
import { forget, restore } from './pattern/forget.ts';
import { pattern } from './pattern/pattern.ts';
import { succession } from './pattern/succession.ts';
import { variant } from './pattern/variant.ts';
import { version } from './pattern/version.ts';
import { session } from './session/session.ts';

/** Every kind of fact a library holds. */
const KINDS: Readonly<Record<EventBody['type'], AnyFactKind>> = {
  project,
  file,
  idioms,
  commit,
  revert,
  history,
  lastChange,
  measure,
  pattern,
  edit,
  variant,
  succession,
  version,
  experiment,
  accept,
  dismiss,
  forget,
  restore,
  person,
  rating,
  use,
  shown,
  outcome,
  impressions,
  session,
  experience,
  batch,
};

export const FACTS = createFacts(Object.values(KINDS));
