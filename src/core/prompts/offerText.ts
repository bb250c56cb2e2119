import type { UnknownName } from '../model/api/find.ts';
import type { LeftOutPattern, Offer } from '../model/api/prompts.ts';
import { oneLine, quoteName } from './fence.ts';

/** A window of answers. */
interface Window {
  readonly total: number;
  /** Answers before it. */
  readonly offset: number;
  readonly limit: number;
  /** See `FindPage`. */
  readonly unknownName: UnknownName | undefined;
}

/** What was found, for a language model to read: a few lines each, with the ids to ask by. */
export function toOfferText(
  offers: readonly Offer[],
  leftOut: readonly LeftOutPattern[],
  { total, offset, limit, unknownName }: Window,
): string {
  const next = offset + limit;
  return [
    ...tellName(unknownName, offset === 0),
    total === 0 ? 'No pattern is relevant.' : `${total} in all.`,
    ...offers.map((offer, index) => tellOffer(offer, offset + index + 1)),
    // Their names might instruct; ids and reasons cannot.
    ...leftOut.map(({ id, detail }) => `Left out: ${id}: ${withoutSigns(detail.text)}`),
    ...(next < total ? [`More: offset ${next}`] : []),
  ].join('\n');
}

/** What is so of the name alone was told with the first window. */
function tellName(unknown: Window['unknownName'], isFirst: boolean): readonly string[] {
  if (unknown === undefined || !(isFirst || unknown.meant !== undefined)) return [];
  const { name, meant } = unknown;
  const declared = isFirst ? unknown.declared : [];
  const places = declared.map(({ name: own, path, line, why, signature, description }) => {
    const place = oneLine(`${own} is at ${path}:${line}, not in the library (${why.text}).`);
    // Words of whoever wrote it, told from those of this text.
    const quoted = [description, signature].filter((part) => part !== '').map(quoteName);
    return [place, ...quoted].join(' ');
  });
  if (meant !== undefined) {
    return [oneLine(`Nothing is called ${name}; these answers are for ${meant}.`), ...places];
  }
  return declared.length === 0 ? [`No pattern is called ${oneLine(name)}.`] : places;
}

function tellOffer(offer: Offer, number: number): string {
  const { id, impression, kind, language, lines, relevance, ratingCount, stale } = offer;
  const facts = [
    [kind, language].filter((part) => part !== null).join(', '),
    `${lines} lines`,
    ...(relevance === null ? [] : [`${percent(relevance)} match`]),
    ratingCount === 0 ? 'not rated' : `${percent(offer.successRate.mean)} success`,
    ...(stale === null ? [] : [stale]),
    ...(impression === null ? [] : [`impression ${impression}`]),
  ];
  return `${number}. id ${id}: ${offer.heading}\n   ${facts.join('; ')}\n   ${offer.origin}`;
}

/** A reason without what it was judged by. */
function withoutSigns(detail: string): string {
  return detail.split(':')[0] ?? detail;
}

function percent(ratio: number): string {
  return `${Math.round(ratio * 100)}%`;
}
