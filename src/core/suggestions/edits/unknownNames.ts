import type { Language } from '../../model/code.ts';
import { languageOf } from '../../model/sourceFile/fileLanguage.ts';
import type { CodeToken, TokenFile } from '../../model/suggestions/edit.ts';
import { isMember } from './editTemplate.ts';

/** What may be named in a file beside what is in it. */
export interface Surroundings {
  /** Names in any file that is looked at: what things have is told by them. */
  readonly anywhere: ReadonlySet<string>;
  /** Names in the files of the same folder. */
  readonly inFolder: ReadonlySet<string>;
}

/** Languages in which a file sees only what it imports or declares itself. */
const IMPORTING: ReadonlySet<Language> = new Set<Language>([
  'python',
  'javascript',
  'typescript',
  'tsx',
]);

const ECMASCRIPT =
  'Array ArrayBuffer BigInt Boolean DataView Date Error Function Infinity Int32Array Intl JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set String Symbol SyntaxError TypeError URIError URL Uint8Array WeakMap WeakRef WeakSet arguments console decodeURIComponent encodeURIComponent globalThis isFinite isNaN parseFloat parseInt setTimeout clearTimeout queueMicrotask';

/** What is there without any import. */
const GIVEN: Partial<Readonly<Record<Language, ReadonlySet<string>>>> = {
  python: words(
    'True False None NotImplemented Ellipsis abs all any ascii bin bool bytearray bytes callable chr classmethod complex delattr dict dir divmod enumerate eval filter float format frozenset getattr globals hasattr hash hex id input int isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow print property range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip ArithmeticError AssertionError AttributeError BaseException BufferError DeprecationWarning EOFError Exception FileExistsError FileNotFoundError GeneratorExit ImportError IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError NotImplementedError OSError OverflowError PermissionError RecursionError ReferenceError RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError SystemExit TimeoutError TypeError UnicodeDecodeError UnicodeEncodeError UnicodeError UserWarning ValueError Warning ZeroDivisionError __file__ __name__',
  ),
  javascript: words(ECMASCRIPT),
  typescript: words(`${ECMASCRIPT} Partial Readonly ReadonlyArray Record Required Pick Omit`),
  tsx: words(`${ECMASCRIPT} Partial Readonly ReadonlyArray Record Required Pick Omit`),
  go: words(
    'any append bool byte cap clear close comparable complex copy delete error false float32 float64 int int16 int32 int64 int8 iota len make max min new nil panic print println real recover rune string true uint uint16 uint32 uint64 uint8 uintptr',
  ),
};

/** What a file names without any import, as far as it is known of its language. */
export function givenNames(path: string): ReadonlySet<string> {
  const language = languageOf(path);
  return (language === undefined ? undefined : GIVEN[language]) ?? new Set();
}

/**
 * Names that a changed file has, and that nothing it can see explains: not what stood in the file
 * before, what it declares itself, what the language gives, or what stands around it.
 */
export function unknownNames(
  file: TokenFile,
  { tokens }: TokenFile,
  { anywhere, inFolder }: Surroundings,
): readonly string[] {
  const language = languageOf(file.path);
  const given = givenNames(file.path);
  const isImporting = language !== undefined && IMPORTING.has(language);
  const old = new Set(namesOf(file.tokens));
  const bound = new Set(tokens.flatMap(({ text }, at) => (isBound(tokens, at) ? [text] : [])));
  const isKnown = (at: number): boolean => {
    const { text = '' } = tokens[at] ?? {};
    if (old.has(text) || bound.has(text) || given.has(text)) return true;
    if (isMember(tokens, at) || isLabel(tokens, at)) return anywhere.has(text);
    // What has members may be a package, which each file imports by itself.
    return !isImporting && tokens[at + 1]?.text !== '.' && inFolder.has(text);
  };
  const unknown = tokens.flatMap(({ text, kind }, at) =>
    kind === 'word' && !isKnown(at) ? [text] : [],
  );
  return [...new Set(unknown)];
}

/** Names of variables, functions, types and members. */
export function namesOf(tokens: readonly CodeToken[]): readonly string[] {
  return tokens.flatMap(({ text, kind }) => (kind === 'word' ? [text] : []));
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

const DECLARING =
  /^(?:def|class|for|as|const|let|var|val|function|func|fn|fun|import|type|lambda|catch|struct|interface)$/;

/** Whether a name is given to something here, as far as the tokens around tell. */
export function isBound(tokens: readonly CodeToken[], at: number): boolean {
  if (tokens[at]?.kind !== 'word' || isMember(tokens, at)) return false;
  if (isAssigned(tokens, at) || isParameter(tokens, at)) return true;
  const beside = [tokens[at - 1], tokens[at + 1]];
  // A name with its type, in whichever order.
  if (beside.some((token) => token?.kind === 'word')) return true;
  const [former = '', next] = beside.map((token) => token?.text);
  return DECLARING.test(former) || next === '=>';
}

/** `a = …`, `a, b := …`, `for a, b in …`; not what is handed over by name. */
function isAssigned(tokens: readonly CodeToken[], from: number): boolean {
  let at = from + 1;
  while (tokens[at]?.text === ',' && tokens[at + 1]?.kind === 'word') at += 2;
  const end = tokens[at]?.text ?? '';
  if (end === ':=' || end === 'in' || end === 'of') return true;
  return end === '=' && !isLabel(tokens, from);
}

const OF_FUNCTION = /^(?:def|function|func|fun|fn)$/;
/** Tokens that parameters have together at most. */
const MOST_PARAMETERS = 60;

/** In the brackets of a function that is declared here. */
function isParameter(tokens: readonly CodeToken[], at: number): boolean {
  const start = bracketFrom(tokens, at, -1);
  const before = [tokens[start - 1]?.text ?? '', tokens[start - 2]?.text ?? ''];
  if (tokens[start]?.text !== '(') return false;
  return before.some((one) => OF_FUNCTION.test(one)) || isArrow(tokens, at);
}

function isArrow(tokens: readonly CodeToken[], at: number): boolean {
  return tokens[bracketFrom(tokens, at, 1) + 1]?.text === '=>';
}

/** Position of the bracket that a token stands in, before it or behind it; -1 where there is none. */
function bracketFrom(tokens: readonly CodeToken[], from: number, step: 1 | -1): number {
  const [inner, outer] = step === 1 ? ['(', ')'] : [')', '('];
  let depth = 0;
  for (let count = 1; count < MOST_PARAMETERS; count += 1) {
    const at = from + step * count;
    const text = tokens[at]?.text;
    if (text === inner) depth += 1;
    else if (text === outer && depth === 0) return at;
    else if (text === outer) depth -= 1;
  }
  return -1;
}

/** The name of an argument or a key. */
function isLabel(tokens: readonly CodeToken[], at: number): boolean {
  const [former, next] = [tokens[at - 1]?.text, tokens[at + 1]?.text];
  if (former !== '(' && former !== ',' && former !== '{') return false;
  return next === ':' || (next === '=' && former !== '{');
}
