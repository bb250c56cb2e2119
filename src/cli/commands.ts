import type { CommandSpec } from './command.ts';
import { accept } from './commands/accept.ts';
import { mergeAdapters } from './commands/adapters/merge.ts';
import {
  activateAdapter,
  evaluateAdapter,
  listAdapters,
  rollBackAdapter,
  showAdapter,
} from './commands/adapters/versions.ts';
import { add } from './commands/add.ts';
import { context } from './commands/agents/context.ts';
import { inject } from './commands/agents/inject.ts';
import { mcp } from './commands/agents/mcp.ts';
import { mcpInstall } from './commands/agents/mcpInstall.ts';
import { analyze } from './commands/analyze.ts';
import { compare } from './commands/outcomes/compare.ts';
import { compact } from './commands/compact.ts';
import { doctor } from './commands/doctor.ts';
import { edit } from './commands/edit.ts';
import { exportPatterns } from './commands/export.ts';
import { compareExperiments } from './commands/experiment/compare.ts';
import { exportExperiment } from './commands/experiment/export.ts';
import {
  forgetExperiment,
  listExperiments,
  showExperiment,
} from './commands/experiment/onRecord.ts';
import { importPlaces } from './commands/experiment/import.ts';
import { runExperiment } from './commands/experiment/run.ts';
import { extract } from './commands/extract.ts';
import { forget, restore } from './commands/forget.ts';
import { history } from './commands/history.ts';
import { importPatterns } from './commands/import.ts';
import { learnAttribute } from './commands/learn/attribute.ts';
import { learnAside, learnRestore } from './commands/learn/aside.ts';
import { learnExport } from './commands/learn/trainingRows.ts';
import { learn } from './commands/learn/learn.ts';
import { learnRecall } from './commands/learn/recall.ts';
import { learnShow } from './commands/learn/show.ts';
import { learnStatus } from './commands/learn/status.ts';
import { learnCode, learnStrategies } from './commands/learn/strategies.ts';
import { learnErrors } from './commands/learn/errors.ts';
import { list } from './commands/list.ts';
import { effect } from './commands/outcomes/effect.ts';
import { outcome } from './commands/outcomes/outcome.ts';
import { dismiss } from './commands/code/dismiss.ts';
import { places } from './commands/code/places.ts';
import { rate } from './commands/rate.ts';
import { resolve } from './commands/resolve.ts';
import { search } from './commands/search.ts';
import { serve } from './commands/team/serve.ts';
import { addKey, listKeys, revokeKey, rotateKey } from './commands/team/keys.ts';
import {
  connectTeam,
  leaveTeam,
  takeFromTeam,
  shareWithTeam,
  syncTeam,
  teamStatus,
} from './commands/team/team.ts';
import { searchTeam } from './commands/team/search.ts';
import { readPack, writePack } from './commands/packs/files.ts';
import {
  addPack,
  buildPack,
  listPacks,
  removePack,
  signPack,
  updatePacks,
  verifyPack,
} from './commands/packs/packs.ts';
import { show } from './commands/show.ts';
import { rollback, versions } from './commands/outcomes/versions.ts';
import { why } from './commands/outcomes/why.ts';
import { stats } from './commands/stats.ts';

/** In the order `--help` lists them. */
export const COMMANDS: readonly CommandSpec[] = [
  extract,
  search,
  list,
  show,
  inject,
  context,
  mcp,
  mcpInstall,
  history,
  resolve,
  runExperiment,
  listExperiments,
  showExperiment,
  compareExperiments,
  exportExperiment,
  importPlaces,
  forgetExperiment,
  places,
  add,
  edit,
  versions,
  rollback,
  rate,
  outcome,
  why,
  effect,
  compare,
  forget,
  restore,
  accept,
  dismiss,
  exportPatterns,
  importPatterns,
  analyze,
  stats,
  doctor,
  compact,
  mergeAdapters,
  listAdapters,
  showAdapter,
  activateAdapter,
  rollBackAdapter,
  evaluateAdapter,
  learn,
  learnStatus,
  learnStrategies,
  learnCode,
  learnErrors,
  learnShow,
  learnRecall,
  learnAside,
  learnRestore,
  learnExport,
  learnAttribute,
  buildPack,
  signPack,
  verifyPack,
  addPack,
  listPacks,
  updatePacks,
  removePack,
  writePack,
  readPack,
  connectTeam,
  teamStatus,
  syncTeam,
  shareWithTeam,
  searchTeam,
  takeFromTeam,
  leaveTeam,
  addKey,
  listKeys,
  rotateKey,
  revokeKey,
  serve,
];

/** What commands of several words are about, by those before the last one. */
export const GROUPS: Readonly<Record<string, string>> = {
  adapters: 'merge LoRA adapters, keep them as versions and say which is active',
  experiment: 'ways to resolve issues, run over many issues, graded and compared',
  pack: 'packs of patterns: npm packages, signed by whoever made them',
  team: 'share patterns with the people you work with, over a team server',
  'team key': 'who may come in: keys of people and machines, for administrators',
  learn: 'learn from what agents did: errors that recur, and what made the outcome',
};
