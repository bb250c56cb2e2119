import type { Reading } from './languages.ts';
import { maskMore, maskText, type MaskedText } from './masking/mask.ts';
import { unreadStatements } from './masking/unread.ts';
import type { Meter } from './parseBudget.ts';
import type { ParsedSource } from './parsedSource.ts';
import { ALL_SOUND, createSoundness } from './soundness.ts';
import type { Span } from './spans.ts';
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
    ? parseAround(grammar, version, parseMasked(grammar, version, plain, meter), meter)
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

/** A statement that is left out may uncover another. */
const MAX_ROUNDS = 3;

/** A longer text is read as it stands, because its blocks are read once more. */
const MAX_LENGTH = 400_000;

/** How often its length a text may be read in pieces, and in how many. */
const MAX_READINGS = 6;
const MAX_PIECES = 1_000;

/** The tree of what is left when statements the grammar cannot read are left out, if it reads better. */
function parseAround(
  grammar: Grammar,
  version: Version,
  first: MaskedTree,
  meter: Meter,
): MaskedTree {
  const { text, reading } = version;
  const { language, regions } = reading;
  let best = first;
  let left = text.length > MAX_LENGTH ? 0 : text.length * MAX_READINGS;
  // Even a short piece has its place in the text to be found.
  const perPiece = left / MAX_PIECES;
  for (let round = 0; round < MAX_ROUNDS && left > 0 && best.tree.hasError; round += 1) {
    const shown = best.masked?.text ?? text;
    const errors = best.tree.errors();
    const opening = language === 'php' ? openingOfPhp(shown) : [];
    const found = unreadStatements({
      language,
      shown,
      errors,
      reads(stretch) {
        left -= Math.max(stretch.endIndex - stretch.startIndex, perPiece);
        if (left < 0) return true;
        const tree = grammar.parse(shown, meter, { regions: [...opening, stretch] });
        if (tree === undefined) left = 0;
        const isRead = tree?.hasError !== true;
        tree?.delete();
        return isRead;
      },
    });
    if (found.length === 0) break;
    const masked = maskMore(text, language, best.masked, found);
    const tree = grammar.parse(masked.text, meter, { regions });
    if (tree === undefined) break;
    if (tree.hasError && sizeOf(tree.errors()) >= sizeOf(errors)) {
      tree.delete();
      break;
    }
    best.tree.delete();
    best = { tree, masked };
  }
  return best;
}

/** Without it, nothing that follows is code. */
function openingOfPhp(text: string): readonly Span[] {
  const startIndex = text.indexOf('<?php');
  return startIndex === -1 ? [] : [{ startIndex, endIndex: startIndex + 5 }];
}

function sizeOf(errors: ReturnType<SyntaxTree['errors']>): number {
  return errors.reduce((sum, { startIndex, endIndex }) => sum + endIndex - startIndex + 1, 0);
}

function formerOf({ previous, reading }: Version, text: string): FormerTree | undefined {
  if (previous?.language !== reading.language) return undefined;
  const former = previous.masked?.text ?? previous.text;
  return { tree: previous.tree, text: former, change: changeBetween(former, text) };
}
