/** A program that a line of a shell runs. */
export interface ShellPart {
  /** With its arguments, without what is set or changed before it. */
  readonly text: string;
  /** What the shell returned is not what this program did. */
  readonly isExitHidden: boolean;
}

const MOST_PARTS = 40;

/** The programs a line of a shell runs, in order. */
export function splitCommand(command: string): readonly ShellPart[] {
  const pieces = splitOutsideQuotes(
    unwrapShell(command).slice(0, 2000).replaceAll('\\\n', ' '),
  ).slice(0, MOST_PARTS * 2);
  const hidden = pieces.includes('||');
  return pieces.flatMap((piece, at) => {
    if (at % 2 === 1) return [];
    const text = strip(piece);
    const next = pieces[at + 1];
    const isLast = (pieces[at + 2] ?? '').trim() === '';
    const goesOn = next === '|' || next === ';' || next === '\n';
    return text === '' ? [] : [{ text, isExitHidden: (hidden || goesOn) && !isLast }];
  });
}

/** Programs and, between them, what joins them. */
function splitOutsideQuotes(line: string): readonly string[] {
  const pieces: string[] = [];
  let quote = '';
  let from = 0;
  for (const { 0: found, index } of line.matchAll(/["']|\|\||&&|;|\||\n/g)) {
    if (found === '"' || found === "'") {
      if (quote === '') quote = found;
      else if (quote === found) quote = '';
    } else if (quote === '') {
      pieces.push(line.slice(from, index), found);
      from = index + found.length;
    }
  }
  return [...pieces, line.slice(from)];
}

/** `bash -lc "…"` */
function unwrapShell(command: string): string {
  const [, quote, inner] =
    /^\s*(?:\/\S{0,40}\/)?(?:ba|z|da)?sh\s+-l?c\s+(['"])([\s\S]*)\1\s*$/.exec(command) ?? [];
  return quote === undefined || inner === undefined ? command : inner;
}

function strip(piece: string): string {
  let text = piece
    .trim()
    .replace(/^[({]\s*/, '')
    .replace(/\s+/g, ' ');
  for (let former = ''; former !== text;) {
    former = text;
    text = text
      .replace(/^(?:sudo|time|env|exec|command|nohup|xvfb-run(?: -a)?) /, '')
      .replace(/^timeout (?:-\S+ )?\d+[smh]? /, '')
      .replace(
        /^[A-Za-z_]\w{0,60}=(?:"[^"]{0,300}"|'[^']{0,300}'|\$\([^()]{0,300}\)|(?!\$\()\S{0,300}) /,
        '',
      );
  }
  return text;
}

/** A word of a program's arguments, as the program gets it. */
export interface ShellWord {
  readonly text: string;
  /** It sends output or input elsewhere, as `>` and `2>` do. */
  readonly isRedirection: boolean;
}

const PIECES =
  /(?<space>\s+)|(?<arrow>&>{1,2}|(?:(?<!\S)\d{1,2})?(?:<<-?|>{1,2}|<)[&|]?)|\\(?<escaped>[^])|'(?<single>[^']*)'|"(?<double>(?:\\[^]|[^"\\])*)"|(?<plain>[^\s\\'"<>&\d]+|[^])/g;

/** The words of one program that a line runs, as `splitCommand` gives it, without their quotes. */
export function shellWords(text: string): readonly ShellWord[] {
  const words: ShellWord[] = [];
  let word: ShellWord | undefined;
  for (const { groups = {} } of text.matchAll(PIECES)) {
    const { space, arrow } = groups;
    if (space === undefined && arrow === undefined) {
      word = joined(word, groups);
      continue;
    }
    if (word !== undefined) words.push(word);
    if (arrow !== undefined) words.push({ text: arrow, isRedirection: true });
    word = undefined;
  }
  return word === undefined ? words : [...words, word];
}

/** A word with one more piece of it. */
function joined(
  word: ShellWord | undefined,
  { plain, escaped, single, double }: Readonly<Record<string, string | undefined>>,
): ShellWord {
  const quoted = single ?? double?.replace(/\\(["\\$`])/g, '$1');
  const more = plain ?? escaped ?? quoted ?? '';
  return { text: (word?.text ?? '') + more, isRedirection: false };
}

/** A file that output goes into. */
export interface Redirected {
  readonly path: string;
  /** What stood there stays. */
  readonly isAppended: boolean;
}

/** The files that a program's words send its output into: neither other streams nor devices. */
export function redirectedTo(words: readonly ShellWord[]): readonly Redirected[] {
  return words.flatMap(({ text, isRedirection }, at) => {
    const path = words[at + 1]?.text ?? '';
    const isOutput = isRedirection && text.includes('>') && !/&$|^2/.test(text);
    if (!isOutput || path === '' || words[at + 1]?.isRedirection === true) return [];
    return path.startsWith('/dev/') ? [] : [{ path, isAppended: text.includes('>>') }];
  });
}
