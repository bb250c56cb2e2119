import { isPlainName } from '../plainNames.ts';
import type { StatementCorpus } from './corpus.ts';
import { hashText } from './hash.ts';
import type { FixedToken, Template } from './antiUnify.ts';
import { Leaf } from './leaves.ts';
import { isTrivial } from './trivial.ts';

/** How much is known of a template before it is looked at. */
export interface Support {
  readonly places: number;
  readonly files: number;
  readonly statements: number;
}

export interface Scored {
  readonly score: number;
  /** What its fixed tokens tell, by token. */
  readonly bits: ReadonlyMap<string, number>;
}

/** More is an exact copy rather than a way to do things. */
const MOST_BITS = 90;
const LOCAL_BITS = 1;
/** A name that stands in one of eight statements tells something. */
const INFORMATIVE_BITS = 3;
/** What a hole takes away by what it swallows. */
const HOLE_COSTS = { name: 2, expression: 5, list: 3 } as const;
const LINK_BITS = 4;
const MOST_LINKS = 6;
const MOST_FILES = 40;

const CONTROL =
  /^(if|unless|elsif|elif|else|for|foreach|while|until|do|switch|match|when|case|try|catch|except|rescue|finally|ensure|with|using|defer|go|return|throw|throws|raise|await|yield|break|continue|in)$/;

/**
 * How much a template is worth showing: the information of what is fixed, less what its holes hide,
 * times how widely it is spread. The weights are fitted to some 430 templates that were judged.
 */
export function scoreTemplate(
  template: Template,
  support: Support,
  corpus: Pick<StatementCorpus, 'tokens' | 'starts'>,
): Scored {
  const fixed = template.parts.filter((part): part is FixedToken => part.hole === undefined);
  const statements = corpus.starts.length;
  const byToken = new Map<string, number>();
  const counts = new Map<string, number>();
  let informative = 0;
  let sum = 0;
  for (const { text, leaf } of fixed) {
    const bits = bitsOf({ text, leaf }, corpus.tokens, statements);
    sum += bits;
    counts.set(text, (counts.get(text) ?? 0) + 1);
    if (
      (leaf === Leaf.name || leaf === Leaf.called) &&
      bits >= INFORMATIVE_BITS &&
      !isPlainName(text) &&
      !byToken.has(text)
    ) {
      informative += 1;
    }
    byToken.set(text, (byToken.get(text) ?? 0) + bits);
  }
  if (informative < 2 || isTrivial(template)) return { score: 0, bits: byToken };
  const { holes } = template;
  const costs = holes.reduce(
    (total, { kind, uses }) => total + HOLE_COSTS[kind] * Math.min(uses, 2),
    0,
  );
  const links = holes.reduce((total, { uses }) => total + uses - 1, 0);
  const bits = Math.min(sum, MOST_BITS) - costs + LINK_BITS * Math.min(links, MOST_LINKS);
  const spread = Math.min(support.files, MOST_FILES) ** 0.65 * (1 + Math.log2(support.places) / 6);
  const share = dominance(byToken, counts, sum);
  return {
    score: Math.max(0, bits) * spread * plainness(template, fixed, support, bits) * share,
    bits: byToken,
  };
}

/** Whether the first statement by itself tells that the idiom is meant. */
export function beginsTelling({ parts }: Template, { bits }: Scored): boolean {
  return parts.some(
    (part) =>
      part.hole === undefined &&
      part.statement === 0 &&
      (part.leaf === Leaf.name || part.leaf === Leaf.called) &&
      !isPlainName(part.text) &&
      (bits.get(part.text) ?? 0) >= INFORMATIVE_BITS,
  );
}

/** Information of one fixed token: the rarer in the project, the more. */
function bitsOf(
  { text, leaf }: Pick<FixedToken, 'text' | 'leaf'>,
  tokens: ReadonlyMap<number, number>,
  statements: number,
): number {
  if (leaf <= Leaf.punctuation) return 0;
  if (leaf === Leaf.local) return LOCAL_BITS;
  const holding = Math.max(1, tokens.get(hashText(text)) ?? 1);
  const bits = Math.max(0, Math.log2(statements / holding));
  return leaf === Leaf.literal ? bits / 2 : bits;
}

/** 1, or less for what a reader would call trivial. */
function plainness(
  template: Template,
  fixed: readonly FixedToken[],
  support: Support,
  bits: number,
): number {
  const words = fixed.filter(({ leaf }) => leaf > Leaf.punctuation).length;
  const calls = fixed.filter(({ leaf }) => leaf === Leaf.called).length;
  const control = fixed.filter(
    ({ leaf, text }) => leaf === Leaf.keyword && CONTROL.test(text),
  ).length;
  const countOf = (keyword: string): number => fixed.filter(({ text }) => text === keyword).length;
  const branches = control - countOf('return');
  const holes = template.parts.filter(({ hole }) => hole !== undefined).length;
  const { statements, places } = support;
  const faults: readonly (readonly [isFault: boolean, share: number])[] = [
    [statements + control - countOf('await') + calls < 3, 0.15],
    [bits < 24, 0.3],
    // One line that is the same everywhere: there is nothing to fill in and nothing to learn.
    [statements === 1 && holes === 0 && branches === 0, 0.3],
    [statements > 1 && !sharesVariable(template), 0.4],
    [holes > words / 2 || holes > 16, 0.4],
    // A copy wants to become a function, not to be written once more.
    [places < 5 && holes < 2 && bits > 60, 0.5],
  ];
  return faults.reduce((factor, [isFault, share]) => (isFault ? factor * share : factor), 1);
}

function sharesVariable({ parts }: Template): boolean {
  const statementOf = new Map<string, number>();
  for (const part of parts) {
    const isVariable =
      part.hole !== undefined || part.leaf === Leaf.local || part.leaf === Leaf.name;
    if (!isVariable || (part.hole === undefined && /^(self|this|cls)$/.test(part.text))) continue;
    const name = part.hole === undefined ? part.text : `$${String(part.hole)}`;
    const known = statementOf.get(name);
    if (known !== undefined && known !== part.statement) return true;
    statementOf.set(name, part.statement);
  }
  return false;
}

/** 1, or less where one token that is repeated makes up most of the information. */
function dominance(
  byToken: ReadonlyMap<string, number>,
  counts: ReadonlyMap<string, number>,
  sum: number,
): number {
  let most = 0;
  for (const [text, bits] of byToken) {
    if ((counts.get(text) ?? 0) > 2) most = Math.max(most, bits / sum);
  }
  return most > 0.5 ? 2 * (1 - most) : 1;
}
