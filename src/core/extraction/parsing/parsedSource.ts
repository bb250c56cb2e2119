import type { Fragment, FragmentKind, Language } from '../../model/code.ts';
import type { CodeToken } from '../../model/suggestions/edit.ts';
import type { Reading } from './languages.ts';
import type { MaskedText } from './masking/mask.ts';
import type { Soundness } from './soundness.ts';
import type { Span } from './spans.ts';
import type { Grammar, SyntaxTree } from './treeSitter.ts';

/** A parsed file; its tree lives outside the JavaScript heap until `delete`. */
export interface ParsedSource {
  readonly language: Language;
  readonly text: string;
  /** True where the parser met code it could not read. */
  readonly hasErrors: boolean;
  /** Where the text had to be masked for the grammar: what it was shown. */
  readonly masked: MaskedText | undefined;
  /** Tells what of a text with errors can be kept. */
  readonly soundness: Soundness;
  readonly reading: Reading;
  readonly grammar: Grammar;
  readonly tree: SyntaxTree;
  /** Must be called once nothing of this source is asked any more. */
  delete(): void;
}

/** What is known of a fragment before it is described. */
export interface LightFragment extends Span {
  readonly kind: FragmentKind;
  readonly name: string;
  /** Names of the enclosing classes, functions and test groups and its own, joined by `.`. */
  readonly qualifiedName: string;
  /** Equal for equal text, the fragments inside left out. */
  readonly ownHash: string;
}

/** A fragment within its parsed file. */
export interface PlacedFragment {
  readonly parsed: ParsedSource;
  readonly light: LightFragment;
}

/** Reads changed files version by version, describing only what is asked for. */
export interface SourceParser {
  /** Loads the grammar of a language, unless it is loaded; `parse` does so too. */
  prepare(language: Language): Promise<void>;
  /**
   * Parses one version of a file, from `previous` (another version of it, still undeleted and left
   * as it was) where that is given. `undefined` where no grammar reads the file or where reading it
   * takes more work than its size warrants.
   */
  parse(path: string, text: string, previous?: ParsedSource): Promise<ParsedSource | undefined>;
  /**
   * Sound fragments that touch `range` (the whole file when absent), in order of their start, an
   * outer one before what it contains. An empty range touches what it lies in.
   */
  fragmentsIn(parsed: ParsedSource, range?: Span): readonly LightFragment[];
  describeFragment(parsed: ParsedSource, light: LightFragment): Fragment;
  /** Templates of before and after, numbered together, with a line `=>` between. */
  templateOfChange(before: PlacedFragment | undefined, after: PlacedFragment): string;
  /** The tokens of a fragment in order; comments are left out. */
  tokensOf(placed: PlacedFragment): readonly CodeToken[];
  close(): void;
}
