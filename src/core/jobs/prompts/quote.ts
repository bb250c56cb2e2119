import type { FindPage, FindQuery } from '../../model/api/find.ts';
import type {
  LeftOutPattern,
  Offer,
  OfferPage,
  Quotation,
  QuotePage,
  QuoteWords,
} from '../../model/api/prompts.ts';
import type { Watch } from '../../model/api/watch.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import { toOfferText } from '../../prompts/offerText.ts';
import { originOf } from '../../prompts/origin.ts';
import { pageOf } from '../../prompts/page.ts';
import { type Presentation, quotePattern } from '../../prompts/presentation.ts';
import { stalenessOf } from '../../prompts/staleness.ts';
import { sourcesIn } from './sourcesIn.ts';
import { findPatterns } from '../find/find.ts';
import { type InjectParts, readerIn } from './inject.ts';
import { toLeftOut } from './leftOut.ts';
import { alarmOfPattern, createPresenter, withoutInstructions } from './present.ts';

/** How a pattern is to be quoted. */
interface Quoting {
  readonly words: QuoteWords;
  readonly page: QuotePage | undefined;
}

/** See `PromptsApi.quote`. */
export async function quote(
  parts: InjectParts,
  id: string,
  { words, page }: Quoting,
): Promise<Quotation> {
  const pattern = parts.library.patterns.byId(id);
  if (pattern === undefined || pattern.state === 'forgotten') {
    throw new AppError('pattern-not-found', localized`there is no pattern ${id}`);
  }
  if (pattern.state === 'quarantined') return withheld(toLeftOut(pattern, 'quarantined'));
  const presenter = createPresenter(parts.assetsDir, await readerIn(parts, []));
  try {
    const shown = await presenter.present(pattern);
    if (shown === undefined) return withheld(toLeftOut(pattern, 'unreadable'));
    const { name } = pattern;
    const { part, nextLine } = toPage(shown, page);
    const source = (await sourcesIn(parts, [pattern], [])).get(pattern.id) ?? null;
    const text = quotePattern(part, words, stalenessOf(pattern, source));
    return { name, text, source, nextLine, warning: alarmOfPattern(pattern) };
  } finally {
    presenter.close();
  }
}

function withheld(warning: LeftOutPattern): Quotation {
  return { name: warning.name, text: '', source: null, nextLine: null, warning };
}

function toPage(
  shown: Presentation,
  page: QuotePage | undefined,
): { readonly part: Presentation; readonly nextLine: number | null } {
  if (page === undefined) return { part: shown, nextLine: null };
  const code = pageOf(shown.code, page);
  const before = shown.before === undefined ? undefined : pageOf(shown.before, page);
  const part = { ...shown, code: code.text, before: before?.text };
  return { part, nextLine: code.nextLine ?? before?.nextLine ?? null };
}

function nameOf({ unknownName }: FindPage): Pick<OfferPage, 'unknownName'> {
  if (unknownName === undefined) return {};
  return { unknownName: { ...unknownName, declared: withoutInstructions(unknownName.declared) } };
}

/** See `PromptsApi.offer`. */
export async function offer(
  parts: InjectParts,
  query: FindQuery,
  { signal }: Watch = {},
): Promise<OfferPage> {
  const page = await findPatterns(parts, { ...query, seeksName: true }, signal);
  const { total, rows } = page;
  const presenter = createPresenter(parts.assetsDir, await readerIn(parts, query.folders ?? []));
  const offers: Offer[] = [];
  const leftOut: LeftOutPattern[] = [];
  const sources = await sourcesIn(parts, rows, query.folders ?? []);
  for (const row of rows) {
    const pattern = parts.library.patterns.byId(row.id);
    if (pattern === undefined) continue;
    const alarm = alarmOfPattern(pattern);
    if (alarm !== undefined) {
      leftOut.push(alarm);
      continue;
    }
    const { id, kind, language, lines, successRate, ratingCount } = pattern;
    const { impression, relevance } = row;
    const heading = presenter.captionOf(pattern);
    const known = { impression, id, kind, language, lines, relevance, successRate, ratingCount };
    const source = sources.get(id) ?? null;
    const state = {
      source,
      reverted: 'reverted' in pattern && pattern.reverted,
      stale: stalenessOf(pattern, source) ?? null,
    };
    offers.push({ ...known, ...state, heading, origin: originOf(pattern) });
  }
  presenter.close();
  const named = nameOf(page);
  const window = {
    total,
    offset: query.offset ?? 0,
    limit: query.limit ?? parts.defaults.defaultLimit,
    unknownName: named.unknownName,
  };
  return { total, offers, leftOut, text: toOfferText(offers, leftOut, window), ...named };
}
