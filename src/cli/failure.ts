import { isAppError } from '../core/model/errors.ts';
import type { ErrorCode } from '../core/model/errors.ts';

/** `stopped`: the person asked for it. `internal-error`: a bug. */
export type FailureCode = ErrorCode | 'stopped' | 'internal-error';

/** Why a command could not do what it was asked to. */
export interface Failure {
  readonly code: FailureCode;
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  /** Stack of a bug. */
  readonly stack: string | undefined;
}

const HINTS: Readonly<Record<FailureCode, string>> = {
  'adapter-damaged': 'copy the adapter again from where it comes from',
  'adapter-mismatch': 'merge adapters of one base model; adapters merge --help tells of --heads',
  'adapter-not-found': 'name a .safetensors file with its adapter_config.json, or their folder',
  'adapter-unsupported': 'only plain LoRA adapters of F32, F16 or BF16 numbers can be merged',
  'adapter-version-exists': 'choose another --name',
  'adapter-version-not-found': 'pattern-foundry adapters list shows the versions there are',
  'adapter-worse': 'activate it all the same with --force',
  'bad-argument': 'see pattern-foundry --help, or --help after the command',
  'bad-config': 'mend the line named above in .pattern-foundry.yaml',
  'bad-setting': 'change the setting named above',
  'disk-full': 'make room on the disk and run the command again; what was confirmed is kept',
  'embedder-failed':
    'search works by words meanwhile; run the command again, or extract with --no-embed',
  'experiment-not-found': 'experiment list shows what is on record',
  'folder-not-found': 'check the path; without one, the current folder is taken',
  'folder-not-trusted':
    'look at the command and at the folder; --trust runs the tests of a folder you trust',
  'folder-too-large': 'name the folder of one project with --repo DIR, or make it a git repository',
  'git-failed': 'run git status in the folder to see what is wrong, or extract with --no-git',
  'git-missing': 'install git and make sure it is on the PATH, or extract with --no-git',
  'impression-not-found':
    'search --json and inject --json tell the id of each impression; an old one is known by its outcomes alone',
  'library-damaged': 'run pattern-foundry doctor to see what is damaged; doctor --rebuild mends it',
  'library-deleted': 'run the command again to begin a new library',
  'library-incomplete': 'write them back first: pattern-foundry doctor --recover',
  'library-on-shared-drive': 'name a folder on a local disk with --library DIR',
  'library-read-only':
    'make the library folder writable for you, or name another with --library DIR',
  'library-unreadable':
    'make it yours again with sudo chown -R "$(id -un)" DIR and chmod -R u+rwX DIR, or name another library with --library DIR',
  'library-write-failed': 'check the disk and the rights of the library folder, then try again',
  'model-answer-unusable': 'try another model, or go without one',
  'model-budget-spent':
    'what was answered is kept; raise $PATTERN_FOUNDRY_MODEL_TOKENS or $PATTERN_FOUNDRY_MODEL_USD and run it again',
  'model-failed': 'check $PATTERN_FOUNDRY_MODEL_ADDRESS, the name of the model and its key',
  'model-not-allowed':
    'run it once in a terminal and confirm what is sent, or set PATTERN_FOUNDRY_MODEL_SHOWN=1',
  'pack-damaged': 'ask whoever made the pack for a whole one',
  'pack-not-found': 'check the name, the version, and the registry that npm is set to',
  'pack-untrusted':
    'ask whoever made the pack whether the key is theirs; pack add --trust-key takes the new one',
  'patch-refused': 'run resolve again: it makes patches of the files as they are',
  'pattern-forgotten': 'pattern-foundry restore brings a forgotten pattern back',
  'pattern-not-found': 'find ids with pattern-foundry list or pattern-foundry search',
  'places-not-imported':
    'experiment import takes them over from Agentless or CodeMonkeys; --localizer hybrid needs none',
  'port-taken': 'choose another --port, or stop what listens there',
  'project-forgotten': 'pattern-foundry restore --project brings a forgotten project back',
  'project-not-found': 'pattern-foundry stats lists the projects of the library',
  'purge-pending':
    'close other windows and commands that use the library, then run pattern-foundry compact',
  'session-not-found':
    'pattern-foundry analyze --recent 10 shows the newest sessions; a log can be named by its path',
  'team-answer-unreadable': 'check that the address is that of a team server of this version',
  'team-data-in-use': 'stop the other server, or name another folder with --data DIR',
  'team-database-mismatch': 'use the version of this program that made the database',
  'team-key-needed': 'set PATTERN_FOUNDRY_TEAM_KEY, or give the key when you connect',
  'team-not-connected': 'connect first: pattern-foundry team connect <address>',
  'team-refused': 'ask an administrator of the team for a key that may do this',
  'team-unreachable':
    'check the address and the network; what is to be sent waits for the next sync',
  'unsupported-language': 'name the language with --language; add --help lists them',
  'version-not-found': 'pattern-foundry versions <id> lists the versions of a pattern',
  stopped: 'what was done is kept; run the command again to go on',
  'internal-error': 'this is a bug in Pattern Foundry: please report it with the lines above',
};

export function toFailure(error: unknown): Failure {
  if (isAppError(error)) return failure(error.code, error.message);
  if (error instanceof Error && error.name === 'AbortError') {
    return failure('stopped', 'stopped before there was an answer');
  }
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? error.stack : undefined;
  return { ...failure('internal-error', message), stack };
}

/** The document that stands for a failure with `--json`. */
export function toDocument({ code, message }: Failure): {
  readonly error: { readonly code: FailureCode; readonly message: string };
} {
  return { error: { code, message } };
}

function failure(code: FailureCode, message: string): Failure {
  return { code, message, hint: HINTS[code], stack: undefined };
}
