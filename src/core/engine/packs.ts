import { resolve } from 'node:path';
import { createProjectsOfFolders } from '../jobs/find/scope.ts';
import { filesProjectOf } from '../jobs/packs/filesProject.ts';
import type { PacksApi } from '../model/api/packs.ts';
import type { EngineParts } from './parts.ts';

/** Read when a pack is first asked for: most runs have none. */
const loadBuild = () => import('../jobs/packs/build.ts');
const loadInstall = () => import('../jobs/packs/install.ts');
const loadRead = () => import('../jobs/packs/readFiles.ts');
const loadWrite = () => import('../jobs/packs/writeFiles.ts');

export function createPacks(parts: EngineParts): PacksApi {
  const { current, gate, folder: base = '', now } = parts;
  const projectsOfFolders = createProjectsOfFolders(parts);
  return {
    build: async (request, folder) => {
      const from = { library: current(), gate, projectsOfFolders };
      return (await loadBuild()).buildPack(from, { request, folder: resolve(base, folder) });
    },
    sign: async (folder) => (await loadBuild()).signPack(current(), resolve(base, folder)),
    verify: async (spec) => (await loadBuild()).verifyPack(current(), spec, base),
    compare: async (spec) => (await loadInstall()).comparePack(current(), spec, base),
    add: async (spec, trustKey) => {
      const how = { folder: base, trustKey, at: new Date(now()).toISOString() };
      return (await loadInstall()).addPack(current(), spec, how);
    },
    list: async () => (await loadInstall()).listPacks(current()),
    search: async (words) => (await loadInstall()).searchPacks(words),
    versions: async (name) => (await loadInstall()).packVersions(name),
    remove: async (name) => (await loadInstall()).removePack(current(), name),
    write: async (request, folder) => {
      const { root } = await filesProjectOf(parts, resolve(base, folder));
      const from = { library: current(), gate, projectsOfFolders };
      return (await loadWrite()).writePatternFiles(from, request, root);
    },
    read: async (folder, takesAccepted) => {
      const project = await filesProjectOf(parts, resolve(base, folder));
      const how = { library: current(), at: new Date(now()).toISOString(), takesAccepted };
      return (await loadRead()).readFiles(how, project);
    },
  };
}
