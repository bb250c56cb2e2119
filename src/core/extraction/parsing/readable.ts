import type { Reading } from './languages.ts';
import { maskText, type MaskedText } from './masking/mask.ts';
import type { Meter } from './parseBudget.ts';
import type { ParsedSource } from './parsedSource.ts';
import { ALL_SOUND, createSoundness } from './soundness.ts';
import { changeBetween } from './textChange.ts';
import type { FormerTree, Grammar, SyntaxTree } from './treeSitter.ts';

interface Version {
  readonly text: string;
  readonly reading: Reading;
  /** Another version of the file, whose tree saves reading what did not change. */
  readonly previous: ParsedSource | undefined;
}

/**
 * Parses a text, and where the grammar stumbles once more with what it cannot read masked.
 *
 * @returns `undefined` where parsing takes more than the text warrants
 */
export function parseReadable(grammar: Grammar, version: Version): ParsedSource | undefined {
  const { text, reading } = version;
  const meter = grammar.startMeter(text.length);
  const { regions } = reading;
  const plain = grammar.parse(text, meter, { regions, former: formerOf(version, text) });
  if (plain === undefined) return undefined;
  const { tree, masked } = plain.hasError
    ? parseMasked(grammar, version, plain, meter)
    : { tree: plain, masked: undefined };
  const hasErrors = tree.hasError;
  return {
    language: reading.language,
    text,
    hasErrors,
    masked,
    soundness: hasErrors ? createSoundness(reading.language, masked?.text ?? text) : ALL_SOUND,
    reading,
    grammar,
    tree,
    delete: () => {
      tree.delete();
    },
  };
}

interface MaskedTree {
  readonly tree: SyntaxTree;
  readonly masked: MaskedText | undefined;
}

/** The tree of the masked text, unless that reads no better. */
function parseMasked(
  grammar: Grammar,
  version: Version,
  plain: SyntaxTree,
  meter: Meter,
): MaskedTree {
  const { text, reading } = version;
  const errors = plain.errors();
  const masked = maskText(text, reading.language, errors);
  if (masked === undefined) return { tree: plain, masked };
  const former = formerOf(version, masked.text);
  const tree = grammar.parse(masked.text, meter, { regions: reading.regions, former });
  if (tree === undefined) return { tree: plain, masked: undefined };
  if (tree.hasError && sizeOf(tree.errors()) > sizeOf(errors)) {
    tree.delete();
    return { tree: plain, masked: undefined };
  }
  plain.delete();
  return { tree, masked };
}

function sizeOf(errors: ReturnType<SyntaxTree['errors']>): number {
  return errors.reduce((sum, { startIndex, endIndex }) => sum + endIndex - startIndex + 1, 0);
}

function formerOf({ previous, reading }: Version, text: string): FormerTree | undefined {
  if (previous?.language !== reading.language) return undefined;
  const former = previous.masked?.text ?? previous.text;
  return { tree: previous.tree, text: former, change: changeBetween(former, text) };
}
