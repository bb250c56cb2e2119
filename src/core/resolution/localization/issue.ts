/** What the text of an issue says, taken apart. Nothing of it is ever run or looked up. */
export interface Issue {
  /** Its first line that says something. */
  readonly title: string;
  /** Title and body, without comments of the form it was written in. */
  readonly text: string;
  /** The same without blocks of code and what programs print. */
  readonly prose: string;
  /** The text without paths of files and frames, whose words in a row are no message. */
  readonly messages: string;
  /** Words that look like names of code, with how much each says. */
  readonly codeWords: ReadonlyMap<string, number>;
  /** Paths of files it names outside of frames, each as its parts, the file's name last; each once. */
  readonly paths: readonly (readonly string[])[];
  /** Frames of the tracebacks in it, the one that failed last. */
  readonly frames: readonly Frame[];
}

/** A place a traceback passed through. */
export interface Frame {
  readonly path: readonly string[];
  /** Of the function, where it is told. */
  readonly symbol: string | undefined;
  /** Counted from 1, where it is told. */
  readonly line: number | undefined;
}

/** More of a text says no more about the place; a log may be endless. */
const MAX_CHARACTERS = 200_000;
const MAX_FRAMES = 200;

/** How much a word says by where it stands. Source: chosen on tuning instances, rounded. */
const WEIGHT = { prose: 1, quoted: 1.5, block: 0.7 } as const;
const TITLE_FACTOR = 1.5;

/** Takes apart what a person, a form or a failing test wrote. */
export function readIssue(written: string): Issue {
  const text = withoutComments(written.slice(0, MAX_CHARACTERS).replace(/\r\n?/g, '\n')).trim();
  const title = (/^.*\S.*$/m.exec(text)?.[0] ?? '').trim().replace(/^#+\s+/, '');
  const { prose, blocks } = splitBlocks(text);
  const { frames, rest } = readFrames(text);
  return {
    title,
    text,
    prose,
    codeWords: readCodeWords(title, prose, blocks),
    paths: readPaths(rest),
    messages: rest.replace(PATH_LIKE, (word) => (isPathOfFile(word) ? ' ' : word)),
    frames,
  };
}

/** Forms explain themselves in comments that are not shown. */
function withoutComments(text: string): string {
  let kept = '';
  let at = 0;
  for (;;) {
    const start = text.indexOf('<!--', at);
    const end = start === -1 ? -1 : text.indexOf('-->', start);
    if (end === -1) return kept + text.slice(at);
    kept += text.slice(at, start);
    at = end + 3;
  }
}

/** Fenced and indented blocks, sessions of an interpreter and tracebacks apart from the rest. */
function splitBlocks(text: string): { readonly prose: string; readonly blocks: string } {
  const prose: string[] = [];
  const blocks: string[] = [];
  let fence: string | undefined;
  for (const line of text.split('\n')) {
    const [, mark] = /^\s{0,8}(```|~~~)/.exec(line) ?? [];
    if (mark !== undefined && (fence === undefined || fence === mark)) {
      fence = fence === undefined ? mark : undefined;
      continue;
    }
    (fence !== undefined || IS_CODE.test(line) ? blocks : prose).push(line);
  }
  return { prose: prose.join('\n'), blocks: blocks.join('\n') };
}

/** Prompts, frames, and what is indented as far as code is. */
const IS_CODE =
  /^(?: {4,}|\t)\S|^\s*(?:>>>|\.\.\. |In \[\d+\]:|Out\[\d+\]:|\$ |File "|-{2,}> ?\d+)/;

const QUOTED = /`{1,2}([^`\n]{1,200})`{1,2}/g;
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
/** Names joined by dots, and whether a call follows. */
const DOTTED = /[\p{L}_$][\p{L}\p{N}_$]*(?:(?:\.|::|->|#)[\p{L}_$][\p{L}\p{N}_$]*)*(\()?/gu;
const LOOKS_LIKE_CODE = /[\p{L}\p{N}]_|_[\p{L}\p{N}]|[\p{Ll}\p{N}]\p{Lu}|\p{Lu}{2}\p{Ll}|\$/u;
const SHORTEST = 2;

function readCodeWords(title: string, prose: string, blocks: string): ReadonlyMap<string, number> {
  const words = new Map<string, number>();
  const add = (word: string, weight: number): void => {
    if (word.length >= SHORTEST) words.set(word, Math.max(words.get(word) ?? 0, weight));
  };
  const addAll = (text: string, weight: number): void => {
    for (const [name] of text.matchAll(NAME)) add(name, weight);
  };
  const addLikely = (text: string, factor: number): void => {
    for (const [, quoted = ''] of text.matchAll(QUOTED)) addAll(quoted, WEIGHT.quoted * factor);
    for (const [found, call] of text.matchAll(DOTTED)) {
      const names = found.match(NAME) ?? [];
      const isCode = call !== undefined || names.length > 1;
      for (const name of names) {
        if (isCode || LOOKS_LIKE_CODE.test(name)) add(name, WEIGHT.prose * factor);
      }
    }
  };
  addAll(blocks, WEIGHT.block);
  addLikely(prose, 1);
  addLikely(title, TITLE_FACTOR);
  return words;
}

/** What can stand in a path as people write it in a text. */
const PATH_LIKE = /[^\s"'`()<>,;|*=[\]{}]+/gu;
/** Lines may follow, or the names of a test in it. */
const ENDS_AS_FILE =
  /^(.*[\p{L}\p{N}_-]\.[A-Za-z][A-Za-z0-9]{0,4})(?::\d[\d:]*|::.{0,500})?[.:!?]*$/u;
const LONGEST_PATH = 500;

function readPaths(text: string): Issue['paths'] {
  const found = new Map<string, readonly string[]>();
  for (const [word] of text.matchAll(PATH_LIKE)) {
    const path = word.length > LONGEST_PATH ? undefined : ENDS_AS_FILE.exec(word)?.[1];
    if (path === undefined) continue;
    const parts = toParts(path);
    found.set(parts.join('/'), parts);
  }
  return [...found.values()];
}

/** With the folders it is in; a name alone may be the word of a message. */
function isPathOfFile(word: string): boolean {
  return /[/\\]/.test(word) && word.length <= LONGEST_PATH && ENDS_AS_FILE.test(word);
}

function toParts(path: string): readonly string[] {
  return path.split(/[/\\]+/).filter((part) => !/^[.~]{0,2}$/.test(part));
}

/**
 * Frames as interpreters and test runners print them, each with the groups `path`, `line` and
 * `symbol` as far as it tells them.
 */
const FRAMES: readonly RegExp[] = [
  // Python: File "a/b.py", line 3, in f
  /File "(?<path>[^"]{1,500})", line (?<line>\d{1,7})(?:, in (?<symbol>[\w.<>]{1,200}))?/,
  // IPython: File ~/a/b.py:3, in Class.f(self)
  /File (?<path>[^\s:"']{1,500}):(?<line>\d{1,7})(?:, in (?<symbol>[\w.<>]{1,200}))?/,
  // IPython before 8: /a/b.py in f(x)
  /^\s*(?<path>[^\s:"'()]{1,500}\.\w{1,5}) in (?<symbol>[\w.<>]{1,200})\(/,
  // JavaScript, Java, Kotlin: at f (/a/b.js:3:4), at pkg.Class.f(File.java:3)
  /^\s*at (?<symbol>[^()]{1,200}?) ?\((?<path>[^()]{1,500}?):(?<line>\d{1,7})(?::\d{1,7})?\)/,
  // C#: at Ns.Class.F() in C:\a\b.cs:line 3
  /^\s*at (?<symbol>[\w.<>`]{1,200})\(.{0,300}\) in (?<path>.{1,500}?):line (?<line>\d{1,7})/,
  // JavaScript without a name, Rust: at a/b.js:3:4
  /^\s*at (?<path>[^\s()]{1,500}?):(?<line>\d{1,7})(?::\d{1,7})?$/,
  // Ruby: a/b.rb:3:in `f'
  /(?<path>[^\s:"'()]{1,500}\.\w{1,5}):(?<line>\d{1,7}):in [`'](?<symbol>[^']{1,200})'/,
  // PHP: #0 /a/b.php(3): Class->f()
  /^\s*#\d{1,4} (?<path>[^\s()]{1,500})\((?<line>\d{1,7})\): (?<symbol>[\w\\>:-]{1,200})\(/,
  // pytest, Go and compilers: a/b.py:3: Error
  /^(?:E\s+)?\s*(?<path>[^\s:"'()]{1,500}\.[A-Za-z]\w{0,4}):(?<line>\d{1,7})(?:[: ]|$)/,
];
const LONGEST_LINE = 1_000;

/** The frames, and what is left of the text without them. */
function readFrames(text: string): { readonly frames: readonly Frame[]; readonly rest: string } {
  const frames: Frame[] = [];
  const isInnermostFirst = /^\s*at .*[:\d)]$/m.test(text) || /^\s*#0 /m.test(text);
  const rest = text.split('\n').map((line) => {
    if (frames.length === MAX_FRAMES) return line;
    const start = line.slice(0, LONGEST_LINE);
    const found = FRAMES.map((frame) => frame.exec(start)).find((match) => match !== null);
    const groups = found?.groups;
    if (found === undefined || groups === undefined) return line;
    const symbol = (groups['symbol'] ?? '').match(NAME)?.at(-1);
    frames.push({
      path: toParts(groups['path'] ?? ''),
      symbol,
      line: groups['line'] === undefined ? undefined : Number(groups['line']),
    });
    return `${line.slice(0, found.index)} ${line.slice(found.index + found[0].length)}`;
  });
  return { frames: isInnermostFirst ? frames.reverse() : frames, rest: rest.join('\n') };
}
