import type { ListedRow } from '../../../model/ports/listing.ts';
import { slipsBetween } from '../../../platform/text/slips.ts';
import { type AskedName, foldWord, nameAsked } from './askedName.ts';
import { declaredSo, type DeclaredParts, namesInSources } from './declared.ts';

export interface WhereNamesAre extends DeclaredParts {
  /** Of the library. */
  readonly rows: readonly Pick<ListedRow, 'qualifiedName' | 'kind'>[];
  /** Whose sources may hold other names. */
  readonly folders: readonly string[];
}

/** Fewer letters are soon another word. */
const LETTERS_FOR_ONE_SLIP = 5;
const LETTERS_FOR_TWO_SLIPS = 9;
/** Names of sources that are looked up: most stand in texts and declare nothing. */
const MOST_LOOKED_UP = 3;

interface Near {
  /** With as much around it as was asked for. */
  readonly text: string;
  readonly slips: number;
}

/**
 * The name that exists and is a slip or two of the keyboard from one that does not; of several the
 * nearest, those of the library first.
 */
export async function nameMeant(
  asked: AskedName,
  { rows, folders, ...parts }: WhereNamesAre,
): Promise<string | undefined> {
  const most = slipsAllowed(foldWord(asked.last));
  if (most === 0) return undefined;
  const known = nearest(
    rows.filter(({ kind }) => kind !== 'test').map(({ qualifiedName }) => qualifiedName),
    asked.parts,
    most,
  );
  const best = known[0];
  if (best?.slips === 1) return best.text;
  const written = await namesInSources(folders, asked.last.length, { most, ...parts });
  for (const { text, slips } of nearest(written, asked.parts.slice(-1), most).slice(
    0,
    MOST_LOOKED_UP,
  )) {
    if (best !== undefined && best.slips <= slips) break;
    const name = nameAsked(withAround(asked, text));
    if (name !== undefined && (await declaredSo(name, folders, parts)).length > 0) return name.text;
  }
  return best?.text;
}

function slipsAllowed({ length }: string): number {
  if (length < LETTERS_FOR_ONE_SLIP) return 0;
  return length < LETTERS_FOR_TWO_SLIPS ? 1 : 2;
}

/** The nearest first, ties in the order given. */
function nearest(names: Iterable<string>, asked: readonly string[], most: number): readonly Near[] {
  const wanted = asked.join('.');
  return [...new Set(names)]
    .flatMap((name) => {
      const parts = name.split('.').slice(-asked.length);
      const slips = slipsBetween(parts.map(foldWord).join('.'), wanted, most);
      return slips === undefined ? [] : [{ text: parts.join('.'), slips }];
    })
    .sort((a, b) => a.slips - b.slips);
}

/** The name in place of the last part of what was asked for. */
function withAround({ text, last }: AskedName, name: string): string {
  const at = text.lastIndexOf(last);
  return text.slice(0, at) + name;
}
