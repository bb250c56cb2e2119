import { openVersionStore } from '../../adapters/versions/store.ts';
import type {
  Activation,
  AdapterVersion,
  EvaluationReport,
  MergeReport,
  MergeRequest,
} from '../../model/api/adapters.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import { addOutcomes, checkWorth, evaluateVersion } from './evaluateVersion.ts';
import { mergeVersion } from './mergeVersion.ts';

/** Who does it, and when: ISO 8601, UTC. */
export interface Doing {
  readonly by: string;
  readonly at: string;
}

/** What can be done with the adapters kept in one folder; see `AdaptersApi`. */
export interface AdapterVersions {
  merge(request: MergeRequest, doing: Doing): Promise<MergeReport>;
  list(): readonly AdapterVersion[];
  show(name: string): {
    readonly version: AdapterVersion;
    readonly activations: readonly Activation[];
  };
  activate(name: string, force: boolean, doing: Doing): AdapterVersion;
  rollback(name: string | undefined, doing: Doing): AdapterVersion;
  evaluate(name: string, outcomes: string | undefined): EvaluationReport;
}

export function openAdapterVersions(folder: string): AdapterVersions {
  const store = openVersionStore(folder);

  function putToUse(
    version: AdapterVersion,
    { by, at }: Doing,
    kind: Activation['kind'],
  ): AdapterVersion {
    store.open(version);
    store.activate(version, by, at, kind);
    return store.get(version.version_name);
  }

  return {
    merge: (request, doing) => mergeVersion(store, request, doing),
    list: () => store.list(),
    show: (name) => ({
      version: store.get(name),
      activations: store.activations().filter(({ version_name }) => version_name === name),
    }),
    activate(name, force, doing) {
      const version = store.get(name);
      const active = store.list().find(({ is_active }) => is_active);
      if (!force) checkWorth(version, active);
      return putToUse(version, doing, 'activate');
    },
    rollback(name, doing) {
      const wanted = name ?? formerlyActive(store.activations().map((a) => a.version_name));
      if (wanted === undefined) {
        const text = localized`no other version was active before`;
        throw new AppError('adapter-version-not-found', text);
      }
      return putToUse(store.get(wanted), doing, 'rollback');
    },
    evaluate(name, outcomes) {
      if (outcomes !== undefined) addOutcomes(store, outcomes);
      return evaluateVersion(store, name);
    },
  };
}

/** The version that was active before the one that is. @param names in order of their activation */
function formerlyActive(names: readonly string[]): string | undefined {
  const active = names.at(-1);
  return names.findLast((name) => name !== active);
}
