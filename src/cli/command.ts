import type { Engine } from '../core/model/engine.ts';
import type { Watch } from '../core/model/api/watch.ts';
import type { Input } from './input.ts';
import type { ConfigFlags, Io } from './io.ts';
import { cleanDeep } from './text/clean.ts';
import type { Style } from './text/style.ts';

export interface OptionSpec {
  /** As in `-l, --limit <n>`; the long name is the one `Input` knows it by. */
  readonly flags: string;
  readonly summary: string;
  /** A name it had, which is still taken and not shown. */
  readonly former?: string;
  /** Takes all words up to the next option; a `...` alone means that it may be given again. */
  readonly takesMany?: boolean;
}

export interface CommandSpec {
  /** One word, or several where those before the last one name a group of commands. */
  readonly name: string;
  /** As in `<id>`, `[folder]` or `[query...]`. */
  readonly operands?: readonly { readonly name: string; readonly summary: string }[];
  /** One line, lower case, without a full stop. */
  readonly summary: string;
  readonly options: readonly OptionSpec[];
  /** What follows `pattern-foundry`, and what it does. */
  readonly examples: readonly (readonly [line: string, meaning: string])[];
  /** Settings that this command's flags name. */
  readonly configFlags?: (input: Input) => ConfigFlags;
  readonly run: (input: Input, ctx: Context) => Promise<Outcome>;
}

/** What a command has at hand. */
export interface Context {
  readonly io: Io;
  /** `--json` was given. */
  readonly json: boolean;
  /** Opens the library at the first call. */
  engine(): Promise<Engine>;
  /** Shows progress on standard error and lets Ctrl-C abort, until the work has ended. */
  watched<T>(work: (watch: Watch) => Promise<T>): Promise<T>;
}

/** Where text is printed. */
export interface Terminal {
  readonly style: Style;
  /** Where sentences are broken. */
  readonly columns: number;
  /** Where lines of a table are cut: infinite where there is no terminal, so that nothing is lost. */
  readonly tableColumns: number;
}

/** What a command answers. */
export interface Outcome {
  readonly exitCode: 0 | 1;
  /** One JSON document; `undefined` when the command has written its answer itself. */
  readonly json: () => string | undefined;
  /** Without its last line feed; `undefined` like `json`. */
  readonly text: (terminal: Terminal) => Promise<string> | string | undefined;
}

/**
 * The usual outcome: a document, shown as it is with `--json`. `render` gets it with everything
 * neutralised that a terminal would obey, so nothing else needs to think of hostile text.
 */
export function answer<Document>(
  found: boolean,
  document: Document,
  render: (clean: Document, terminal: Terminal) => Promise<string> | string,
): Outcome {
  return {
    exitCode: found ? 0 : 1,
    json: () => JSON.stringify(document),
    text: (terminal) => render(cleanDeep(document), terminal),
  };
}

/** The outcome of a command that has written its answer itself. */
export function answered(found: boolean): Outcome {
  return { exitCode: found ? 0 : 1, json: () => undefined, text: () => undefined };
}
