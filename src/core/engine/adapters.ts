import { join } from 'node:path';
import { addOutcomes, checkWorth, evaluateVersion } from '../adapters/evaluateVersion.ts';
import { mergeVersion } from '../adapters/mergeVersion.ts';
import { openVersionStore } from '../adapters/versions/store.ts';
import type { AdaptersApi } from '../model/api/adapters.ts';
import { AppError } from '../model/errors.ts';
import { localized } from '../model/localizedText.ts';
import type { EngineParts } from './parts.ts';

export function createAdapters({ current, person, now }: EngineParts): AdaptersApi {
  const store = () => openVersionStore(join(current().folder, 'adapters'));
  const at = () => new Date(now()).toISOString();
  return {
    merge: (request) => attempt(() => mergeVersion(store(), request, { by: person, at: at() })),
    list: () => attempt(() => store().list()),
    show: (name) =>
      attempt(() => ({
        version: store().get(name),
        activations: store()
          .activations()
          .filter(({ version_name }) => version_name === name),
      })),
    activate: (name, force) =>
      attempt(() => {
        const versions = store();
        const version = versions.get(name);
        versions.open(version);
        if (!force) {
          checkWorth(
            version,
            versions.list().find(({ is_active }) => is_active),
          );
        }
        versions.activate(version, person, at(), 'activate');
        return versions.get(name);
      }),
    rollback: (name) =>
      attempt(() => {
        const versions = store();
        const wanted = name ?? formerlyActive(versions.activations().map((a) => a.version_name));
        if (wanted === undefined) {
          throw new AppError('adapter-version-not-found', localized`no other version was active before`);
        }
        const version = versions.get(wanted);
        versions.open(version);
        versions.activate(version, person, at(), 'rollback');
        return versions.get(wanted);
      }),
    evaluate: (name, outcomes) =>
      attempt(() => {
        const versions = store();
        if (outcomes !== undefined) addOutcomes(versions, outcomes);
        return evaluateVersion(versions, name);
      }),
  };
}

/** The version that was active before the one that is. @param names in order of their activation */
function formerlyActive(names: readonly string[]): string | undefined {
  const active = names.at(-1);
  return names.findLast((name) => name !== active);
}

/** What is done at once, as areas answer. */
function attempt<Value>(act: () => Value): Promise<Value> {
  return Promise.resolve().then(act);
}
