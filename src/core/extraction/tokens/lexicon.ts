import type { Language } from '../../model/code.ts';

/** What telling words from keywords, and lines from statements, takes in one language. */
export interface Lexicon {
  /** Keywords, and words that stand for a value of a family, as a number does. */
  readonly words: ReadonlyMap<string, 'keyword' | 'literal'>;
  /** Characters besides letters, digits and `_` that words are made of. */
  readonly wordCharacters: string;
  /** What quotes strings that end on their line; queries leave those out, as there are many. */
  readonly quotes: string;
  /**
   * What a line break means: nothing, the end of a statement where one can end, or that and
   * nesting by indentation.
   */
  readonly lines: 'none' | 'statements' | 'indentation';
  /** Written without spaces around, as `.` is. */
  readonly joiners: ReadonlySet<string>;
}

const C_FAMILY =
  'auto break case char const continue default do double else enum extern float for goto if inline int long register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while NULL nullptr bool alignas alignof constexpr static_assert thread_local typeof';

const ECMASCRIPT =
  'async await break case catch class const continue debugger default delete do else export extends finally for from function if import in instanceof let new null of return static super switch this throw try typeof undefined var void while with yield';

const TYPESCRIPT = `${ECMASCRIPT} abstract any as asserts boolean declare enum implements infer interface is keyof namespace never number object override private protected public readonly satisfies string symbol type unknown`;

const KEYWORDS: Record<Language, string> = {
  python:
    'None and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return self cls try while with yield match case',
  javascript: ECMASCRIPT,
  typescript: TYPESCRIPT,
  tsx: TYPESCRIPT,
  go: 'break case chan const continue default defer else fallthrough for func go goto if import interface map nil package range return select struct switch type var',
  rust: 'as async await break const continue crate dyn else enum extern fn for if impl in let loop match mod move mut pub ref return self Self static struct super trait type unsafe use where while u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 bool char str',
  java: 'abstract assert boolean break byte case catch char class const continue default do double else enum extends final finally float for goto if implements import instanceof int interface long native new null package permits private protected public record return sealed short static strictfp super switch synchronized this throw throws transient try var void volatile while yield',
  csharp:
    'abstract as async await base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit extern finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new null object operator out override params partial private protected public readonly record ref return sbyte sealed short sizeof stackalloc static string struct switch this throw try typeof uint ulong unchecked unsafe ushort using var virtual void volatile when where while yield',
  ruby: 'BEGIN END alias and begin break case class def defined? do else elsif end ensure for if in module next nil not or redo rescue retry return self super then undef unless until when while yield',
  php: 'abstract and array as bool break callable case catch class clone const continue declare default do echo else elseif empty enddeclare endfor endforeach endif endswitch endwhile enum exit extends final finally float fn for foreach function global goto if implements include include_once instanceof insteadof int interface isset list match mixed namespace new null or print private protected public readonly require require_once return self static string switch throw trait try unset use var void while xor yield $this',
  c: C_FAMILY,
  cpp: `${C_FAMILY} and catch class concept consteval const_cast co_await co_return co_yield decltype delete dynamic_cast explicit export final friend mutable namespace new noexcept not operator or override private protected public reinterpret_cast requires static_cast template this throw try typeid typename using virtual`,
  kotlin:
    'abstract as break by catch class companion const constructor continue crossinline data do else enum expect external final finally for fun if import in infix init inline inner interface internal is lateinit null object open operator out override package private protected public reified return sealed super suspend tailrec this throw try typealias val var vararg when where while it',
};

const STATEMENT_LINES: readonly Language[] = ['javascript', 'typescript', 'tsx', 'go', 'kotlin'];

const QUOTED_ON_A_LINE: readonly Language[] = ['javascript', 'typescript', 'tsx', 'go'];

const WORD_CHARACTERS: Partial<Record<Language, string>> = {
  javascript: '$',
  typescript: '$',
  tsx: '$',
  php: '$',
  ruby: '@$',
};

const JOINERS: Partial<Record<Language, string>> = {
  c: '. ->',
  cpp: '. :: ->',
  php: '-> ?-> ::',
  rust: '. ::',
  ruby: '. &. ::',
  kotlin: '. ?. ::',
  java: '. ::',
};

const LITERALS = ['true', 'false', 'True', 'False', 'TRUE', 'FALSE'];

export const LEXICONS: Readonly<Record<Language, Lexicon>> = {
  python: lexicon('python'),
  javascript: lexicon('javascript'),
  typescript: lexicon('typescript'),
  tsx: lexicon('tsx'),
  go: lexicon('go'),
  rust: lexicon('rust'),
  java: lexicon('java'),
  csharp: lexicon('csharp'),
  ruby: lexicon('ruby'),
  php: lexicon('php'),
  c: lexicon('c'),
  cpp: lexicon('cpp'),
  kotlin: lexicon('kotlin'),
};

function lexicon(language: Language): Lexicon {
  return {
    words: new Map([
      ...KEYWORDS[language].split(' ').map((word) => [word, 'keyword'] as const),
      ...LITERALS.map((word) => [word, 'literal'] as const),
    ]),
    quotes: QUOTED_ON_A_LINE.includes(language) ? `'"` : '',
    wordCharacters: WORD_CHARACTERS[language] ?? '',
    lines: linesOf(language),
    joiners: new Set((JOINERS[language] ?? '. ?.').split(' ')),
  };
}

function linesOf(language: Language): Lexicon['lines'] {
  if (language === 'python' || language === 'ruby') return 'indentation';
  return STATEMENT_LINES.includes(language) ? 'statements' : 'none';
}
