/**
 * What the engine needs of the environment: where programs, folders of the person, the library, and
 * packs are, and the proxy that leads to them, whose address may hold a password. Other passwords and
 * tokens that editors and terminals pass on stay behind, and so does what configures Node.
 */
const KEPT =
  /^(?:PATH|PATHEXT|HOME|HOMEDRIVE|HOMEPATH|USERPROFILE|USER|USERNAME|LOGNAME|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES(?:\(X86\))?|SYSTEMDRIVE|SYSTEMROOT|WINDIR|TEMP|TMP|TMPDIR|LANG|LANGUAGE|LC_[A-Z]+|TZ|LD_LIBRARY_PATH|XDG_[A-Z_]+|SNAP(?:_[A-Z_]+)?|PATTERN_FOUNDRY_LIBRARY|NPM_CONFIG_(?:REGISTRY|USERCONFIG|GLOBALCONFIG)|(?:HTTPS?|NO)_PROXY|GIT_(?:EXEC_PATH|CEILING_DIRECTORIES|DISCOVERY_[A-Z_]+|CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM)))$/;

/** The environment of the engine process. */
export function toEngineEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  // Windows spells names as it likes.
  const kept = Object.entries(environment).filter(([name]) => KEPT.test(name.toUpperCase()));
  return Object.fromEntries(kept);
}
