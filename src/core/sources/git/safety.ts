/** Given to every call, so that nothing a repository configures is run or changes what is read. */
export const SAFE_CONFIG = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  'core.editor=true',
  'core.askPass=',
  'core.sshCommand=false',
  'core.gitProxy=',
  'core.alternateRefsCommand=true',
  'credential.helper=',
  'protocol.allow=never',
  'diff.external=',
  'diff.orderFile=/dev/null',
  'diff.relative=false',
  'diff.renameLimit=1000',
  'gpg.program=false',
  'log.diffMerges=off',
  'log.follow=false',
  'log.mailmap=false',
  'log.showRoot=true',
  'log.showSignature=false',
  'color.ui=false',
  'submodule.recurse=false',
].flatMap((setting) => ['-c', setting]);

const ENVIRONMENT = {
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_ASKPASS: '',
  GIT_NO_LAZY_FETCH: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_PAGER: 'cat',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
  SSH_ASKPASS: '',
};

/** Variables that say who the user is; the others could point git at another repository. */
const KEPT_VARIABLE = /^GIT_(CONFIG|EXEC_PATH$|CEILING_DIRECTORIES$|DISCOVERY_)/;

/** The user's environment without what could mislead git, and with what keeps it quiet. */
export function safeEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(
    ([name]) => !name.startsWith('GIT_') || KEPT_VARIABLE.test(name),
  );
  return { ...Object.fromEntries(kept), ...ENVIRONMENT };
}
