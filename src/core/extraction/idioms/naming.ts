import { shapeOnOneLine } from '../../model/code.ts';
import type { FixedToken, Template } from './antiUnify.ts';
import { Leaf } from './leaves.ts';
import type { Scored } from './score.ts';

const MOST_NAMES = 3;

export interface IdiomWords {
  /** What it is called by: the names in it that tell most, in their order. */
  readonly name: string;
  /** The whole shape on one line. */
  readonly description: string;
  /** McCabe, of what is fixed. */
  readonly complexity: number;
}

const DECISION = /^(if|unless|elsif|elif|for|foreach|while|until|case|when|catch|except|rescue)$/;

export function describeIdiom(template: Template, { bits }: Scored, text: string): IdiomWords {
  const fixed = template.parts.filter((part): part is FixedToken => part.hole === undefined);
  const names = fixed.filter(({ leaf }) => leaf === Leaf.called || leaf === Leaf.name);
  const telling = [...new Set(names.map((token) => token.text))]
    .sort((a, b) => (bits.get(b) ?? 0) - (bits.get(a) ?? 0) || (a < b ? -1 : 1))
    .slice(0, MOST_NAMES);
  const inOrder = [...new Set(names.map((token) => token.text))].filter((name) =>
    telling.includes(name),
  );
  return {
    name: inOrder.join(' … '),
    description: shapeOnOneLine(text),
    complexity:
      1 +
      fixed.filter(({ leaf, text: word }) => leaf === Leaf.keyword && DECISION.test(word)).length,
  };
}
