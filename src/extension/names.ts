/** Commands of the manifest; a test compares the two. */
export const COMMANDS = {
  extract: 'patternFoundry.extract',
  extractFolder: 'patternFoundry.extractFolder',
  extractFile: 'patternFoundry.extractFile',
  extractSelection: 'patternFoundry.extractSelection',
  extractHistory: 'patternFoundry.extractHistory',
  search: 'patternFoundry.search',
  insert: 'patternFoundry.insert',
  saveSelection: 'patternFoundry.saveSelection',
  rate: 'patternFoundry.rate',
  export: 'patternFoundry.export',
  import: 'patternFoundry.import',
  pause: 'patternFoundry.pause',
  resume: 'patternFoundry.resume',
  cancel: 'patternFoundry.cancel',
  showStatus: 'patternFoundry.showStatus',
  showLog: 'patternFoundry.showLog',
  rebuildIndex: 'patternFoundry.rebuildIndex',
  openBrowser: 'patternFoundry.openBrowser',
  findPlaces: 'patternFoundry.findPlaces',
  findWhereToFix: 'patternFoundry.findWhereToFix',
  proposeFix: 'patternFoundry.proposeFix',
  acceptFix: 'patternFoundry.acceptFix',
  insertShown: 'patternFoundry.insertShown',
  copyShown: 'patternFoundry.copyShown',
  openSourceShown: 'patternFoundry.openSourceShown',
  thumbUpShown: 'patternFoundry.thumbUpShown',
  thumbDownShown: 'patternFoundry.thumbDownShown',
  forgetShown: 'patternFoundry.forgetShown',
  injectPatterns: 'patternFoundry.injectPatterns',
  openSession: 'patternFoundry.openSession',
  compareSessions: 'patternFoundry.compareSessions',
  refreshSessions: 'patternFoundry.refreshSessions',
  doesItHelp: 'patternFoundry.doesItHelp',
  whyThis: 'patternFoundry.whyThis',
  exportGuide: 'patternFoundry.exportGuide',
  connectTeam: 'patternFoundry.connectTeam',
  shareWithTeam: 'patternFoundry.shareWithTeam',
  showTeam: 'patternFoundry.showTeam',
  syncTeam: 'patternFoundry.syncTeam',
  leaveTeam: 'patternFoundry.leaveTeam',
  acceptShared: 'patternFoundry.acceptShared',
  browsePacks: 'patternFoundry.browsePacks',
  versions: 'patternFoundry.versions',
  compare: 'patternFoundry.compare',
  endComparison: 'patternFoundry.endComparison',
  chooseModel: 'patternFoundry.chooseModel',
  learn: 'patternFoundry.learn',
  restoreSessions: 'patternFoundry.restoreSessions',
  addToChat: 'patternFoundry.addToChat',
} as const;

/** Commands that parts of the extension run and nobody chooses from a list. */
export const INNER_COMMANDS = {
  acceptSuggestion: 'patternFoundry.acceptSuggestion',
  previewPlaces: 'patternFoundry.previewPlaces',
  applyPlaces: 'patternFoundry.applyPlaces',
  dismissPlaces: 'patternFoundry.dismissPlaces',
  openLesson: 'patternFoundry.openLesson',
} as const;

export type CommandId =
  (typeof COMMANDS)[keyof typeof COMMANDS] | (typeof INNER_COMMANDS)[keyof typeof INNER_COMMANDS];

/** Tools for language models, of the manifest too. */
export const LANGUAGE_TOOLS = {
  find: 'find_patterns',
  recordOutcome: 'record_pattern_outcome',
} as const;

export const CHAT_PARTICIPANT = 'patternFoundry.patterns';
export const MCP_PROVIDER = 'patternFoundry.mcp';

export const BROWSER_VIEW = 'patternFoundry.browser';
export const SESSIONS_VIEW = 'patternFoundry.sessions';
export const TEAM_VIEW = 'patternFoundry.team';
export const LEARNED_VIEW = 'patternFoundry.learned';

/** Scheme of the read-only documents that show patterns. */
export const DOCUMENT_SCHEME = 'pattern-foundry';

/** Scheme of the read-only documents that show what a proposed fix makes of a file. */
export const FIX_SCHEME = 'pattern-foundry-fix';

/** Scheme of the read-only documents that show reports. */
export const REPORT_SCHEME = 'pattern-foundry-report';

/** Keys that `when` clauses of the manifest ask for. */
export const CONTEXT_KEYS = {
  /** The library holds no live pattern. */
  empty: 'patternFoundry.empty',
  extracting: 'patternFoundry.extracting',
  paused: 'patternFoundry.paused',
  /** The library belongs to a team. */
  hasTeam: 'patternFoundry.hasTeam',
} as const;

export const SETTINGS_SECTION = 'patternFoundry';
