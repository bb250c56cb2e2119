import picocolors from 'picocolors';

type Paint = (text: string) => string;

/** What a piece of text is, not which colour it has. */
export interface Style {
  readonly colour: boolean;
  readonly heading: Paint;
  readonly name: Paint;
  readonly faint: Paint;
  readonly good: Paint;
  readonly bad: Paint;
  readonly warning: Paint;
  readonly keyword: Paint;
  readonly text: Paint;
  readonly number: Paint;
  readonly type: Paint;
  readonly called: Paint;
}

export function createStyle(colour: boolean): Style {
  const c = picocolors.createColors(colour);
  return {
    colour,
    heading: c.bold,
    name: (text) => c.bold(c.cyan(text)),
    faint: c.dim,
    good: c.green,
    bad: c.red,
    warning: c.yellow,
    keyword: c.magenta,
    text: c.green,
    number: c.yellow,
    type: c.yellow,
    called: c.cyan,
  };
}

export interface ColourFacts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTTY: boolean;
  /** `--no-color` was given. */
  readonly refused: boolean;
}

/** `--no-color` and `NO_COLOR` (https://no-color.org) win over `FORCE_COLOR`. */
export function wantsColour({ env, isTTY, refused }: ColourFacts): boolean {
  if (refused || (env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return isTTY && env['TERM'] !== 'dumb';
}
