/** What a debug run was started with. */
export interface DebugStart {
  readonly type: string;
  readonly configuration: Readonly<Record<string, unknown>>;
}

/** The debugger for Node that comes with VS Code. */
export function isNodeDebugger(type: string): boolean {
  return /^(?:pwa-)?node$/.test(type);
}

/**
 * Whether a run that ended by itself, and of whose end the debugger said nothing, went well. The debugger
 * for Node says how a program failed, but only of one that it started itself, and in its own console.
 */
export function isSilenceSuccess({ type, configuration }: DebugStart): boolean {
  const { request, console: place = 'internalConsole', outputCapture = 'console' } = configuration;
  const isOwnConsole = place === 'internalConsole' && outputCapture === 'console';
  return isNodeDebugger(type) && request === 'launch' && isOwnConsole;
}
