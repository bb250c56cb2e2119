/** The languages fragments are extracted from. JSX is `javascript`. */
export const LANGUAGES = [
  'python',
  'javascript',
  'typescript',
  'tsx',
  'go',
  'rust',
  'java',
  'csharp',
  'ruby',
  'php',
  'c',
  'cpp',
  'kotlin',
] as const;
export type Language = (typeof LANGUAGES)[number];

/** Line and character count from 0; a character is a UTF-16 unit. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** `end` is exclusive. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** What one file of code can hold. */
export type FragmentKind = 'function' | 'class' | 'test';

/** One function, class or test that extraction found in one file. */
export interface Fragment {
  readonly kind: FragmentKind;
  readonly language: Language;
  readonly name: string;
  /** Names of the enclosing classes and functions and its own, joined by `.`. */
  readonly qualifiedName: string;
  /** The declaration up to its body, on one line. */
  readonly signature: string;
  readonly range: Range;
  /** The text of `range`, its first line indented as in the file removed from all lines. */
  readonly code: string;
  /** McCabe: 1 + decision points; those of nested functions count for the outer one too. */
  readonly complexity: number;
  /** Lines of `range`. */
  readonly lines: number;
  /**
   * The first sentence of the doc comment that says more than the name; of what has none, in plain
   * words what the language means by the name, as of `__len__`; else empty.
   */
  readonly description: string;
  /**
   * What the comment above the code says after its first sentence, in plain words on one line, at
   * most 600 characters; empty where that is nothing. What a docstring says is part of the code.
   */
  readonly details: string;
  readonly documented: boolean;
  /** Lower case, sorted, without repetitions. */
  readonly tags: readonly string[];
  readonly framework: string | undefined;
  /** `code` without comments, identifiers and literals replaced by `$1`, `$2`… */
  readonly template: string;
  /** Lower-case hex SHA-256 of language, kind and template. */
  readonly fingerprint: string;
}

/** One version of a file. */
export interface SourceFile {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** `broken-syntax` has no end of its own; `too-nested` would add more than its file may. */
export type LeftOutReason = 'broken-syntax' | 'too-nested';

/** What idioms are mined from: the statements of one file as numbers, none of its text. */
export interface FileStatements {
  /** Of each list of statements its length; negative where any order will do, as in classes. */
  readonly lengths: readonly number[];
  /** List by list, five numbers a statement: start, end, and its coarse, fine and skeleton symbol. */
  readonly statements: readonly number[];
  /** Hash of a token and number of statements that hold it, in turns. */
  readonly tokens: readonly number[];
  /** Starts and ends of what is test code in a file that is none. */
  readonly tests: readonly number[];
  /** Where each line starts. */
  readonly lineStarts: readonly number[];
}

/** Of a file of which nothing is known. */
export const NO_STATEMENTS: FileStatements = {
  lengths: [],
  statements: [],
  tokens: [],
  tests: [],
  lineStarts: [],
};

/** What differs from place to place in an idiom. */
export interface IdiomHole {
  /** One token, a larger part of the code, or any number of things. */
  readonly kind: 'name' | 'expression' | 'list';
  /** The most frequent values first, with the places that have them of those looked at. */
  readonly values: readonly { readonly text: string; readonly count: number }[];
}

/** A code shape with holes that recurs in a project. */
export interface Idiom {
  readonly language: Language;
  /** Found in tests; otherwise found in all the rest. */
  readonly isTest: boolean;
  /** Stays the same when places are added that differ in detail. */
  readonly key: string;
  readonly name: string;
  readonly description: string;
  /** The best example. */
  readonly code: string;
  /** The example with `$1`, `$2`… for its holes, equal ones where all places agree. */
  readonly template: string;
  /** In the order of their numbers. */
  readonly holes: readonly IdiomHole[];
  /** Where `code` stands: one of `places`. */
  readonly example: IdiomPlace;
  /** In order of path and start. */
  readonly places: readonly IdiomPlace[];
  /** Places that begin as it does and go on otherwise, in the same order. */
  readonly deviations: readonly DeviatingPlace[];
  readonly statements: number;
  readonly complexity: number;
  /** How much it tells, times how widely it is spread. */
  readonly score: number;
}

export interface IdiomPlace {
  readonly path: string;
  readonly range: Range;
}

/** A place that begins as an idiom does and goes on otherwise, as it is found. */
export interface DeviatingPlace extends IdiomPlace {
  /** Hash of its first two statements, the same wherever they stand. */
  readonly shape: string;
}

/** A place that does otherwise what an idiom does, as it is recorded. */
export interface IdiomDeviation extends IdiomPlace {
  /**
   * 8 hexadecimal digits by which a person dismisses it: of its path, the name of the function around
   * it as far as that is a pattern, what stands there, and how many places before it have all of that
   * in common. It stays the same when lines move.
   */
  readonly mark: string;
}

/** What extraction made of one source file. */
export interface FileFragments {
  readonly language: Language;
  /** In order of their start; an outer fragment comes before what it contains. */
  readonly fragments: readonly Fragment[];
  /**
   * What the file uses outside its own declarations, each once: `name` for types, calls and imports,
   * `.name` for calls on something, and `owner.name` beside it where that has a name.
   */
  readonly mentions: readonly string[];
  readonly statements: FileStatements;
  /** True where the parser met code it could not read. */
  readonly hasErrors: boolean;
  /** Functions, classes and tests that are not among the fragments, by the reason; none of it 0. */
  readonly leftOut: Readonly<Partial<Record<LeftOutReason, number>>>;
  /** True where parsing took far more than the text warrants: nothing of the file is known. */
  readonly isGivenUp: boolean;
  /** True for a file without declarations that is for the most part no code of its language. */
  readonly isNotCode: boolean;
}

/** One function before and after a commit. */
export interface Change {
  readonly path: string;
  readonly language: Language;
  readonly name: string;
  readonly qualifiedName: string;
  readonly signature: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly framework: string | undefined;
  /** Empty for an added function. */
  readonly before: string;
  readonly after: string;
  /** Range in the version after the commit. */
  readonly range: Range;
  /** Complexity and lines of `after`. */
  readonly complexity: number;
  readonly lines: number;
  /** Templates of before and after, numbered together, with a line `=>` between. */
  readonly template: string;
  /** SHA-256 of language, kind and template. */
  readonly fingerprint: string;
}

const LONGEST_SHAPE = 160;

/** The template of an idiom on one line, by which it is described until a person puts it in words. */
export function shapeOnOneLine(template: string): string {
  const line = template.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_SHAPE ? `${line.slice(0, LONGEST_SHAPE - 1)}…` : line;
}
