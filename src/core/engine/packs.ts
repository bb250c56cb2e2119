import { resolve } from 'node:path';
import { buildPack, signPack, verifyPack } from '../jobs/packs/build.ts';
import { addPack, comparePack, listPacks, removePack, searchPacks } from '../jobs/packs/install.ts';
import type { PacksApi } from '../model/api/packs.ts';
import type { EngineParts } from './parts.ts';

export function createPacks({ current, gate, folder: base = '', now }: EngineParts): PacksApi {
  return {
    build: (request, folder) =>
      buildPack(current(), gate, { request, folder: resolve(base, folder) }),
    sign: (folder) => signPack(current(), resolve(base, folder)),
    verify: (spec) => verifyPack(current(), spec, base),
    compare: (spec) => comparePack(current(), spec, base),
    add: (spec, trustKey) =>
      addPack(current(), spec, { folder: base, trustKey, at: new Date(now()).toISOString() }),
    list: () => Promise.resolve().then(() => listPacks(current())),
    search: (words) => searchPacks(words),
    remove: (name) => removePack(current(), name),
  };
}
