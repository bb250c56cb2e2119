import { openAdapterVersions } from '../jobs/adapters/adapterVersions.ts';
import type { AdapterVersions, Doing } from '../jobs/adapters/adapterVersions.ts';
import type { AdaptersApi } from '../model/api/adapters.ts';
import type { EngineParts } from './parts.ts';

export function createAdapters({ current, person, now }: EngineParts): AdaptersApi {
  // Asked for anew each time: other processes keep versions, too.
  const act = <Value>(
    work: (versions: AdapterVersions, doing: Doing) => Value | Promise<Value>,
  ): Promise<Value> =>
    Promise.resolve().then(() =>
      work(openAdapterVersions(`${current().folder}/adapters`), {
        by: person,
        at: new Date(now()).toISOString(),
      }),
    );
  return {
    merge: (request) => act((versions, doing) => versions.merge(request, doing)),
    list: () => act((versions) => versions.list()),
    show: (name) => act((versions) => versions.show(name)),
    activate: (name, force) => act((versions, doing) => versions.activate(name, force, doing)),
    rollback: (name) => act((versions, doing) => versions.rollback(name, doing)),
    evaluate: (name, outcomes) => act((versions) => versions.evaluate(name, outcomes)),
  };
}
