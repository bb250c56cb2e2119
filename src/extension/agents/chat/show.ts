import { l10n, Location, Range, Uri, type ChatResponseStream } from 'vscode';
import type { UnknownName } from '../../../core/model/api/find.ts';
import type { OfferPage } from '../../../core/model/api/prompts.ts';
import type { ImpressionId } from '../../../core/model/outcomes/outcome.ts';
import type { PatternId } from '../../../core/model/pattern.ts';
import type { LocalizedText } from '../../../core/model/localizedText.ts';
import { nameLanguage } from '../../../core/model/sourceFile/languageName.ts';
import { displayed } from '../../displayed.ts';
import { extractableFolders } from '../../folders.ts';
import { COMMANDS } from '../../names.ts';
import { asPlainMarkdown } from '../../plainText.ts';
import { staleText } from '../staleText.ts';
import type { Shell } from '../../shell.ts';

/** A pattern that an answer showed; it is kept with the answer, as JSON. */
export interface Shown {
  readonly id: PatternId;
  readonly impression: ImpressionId | null;
}

/** Buttons stand below an answer, so that only few can be told apart. */
const MOST_BUTTONS = 3;

export async function showOffers(
  shell: Shell,
  stream: ChatResponseStream,
  { offers, leftOut, unknownName }: OfferPage,
): Promise<readonly Shown[]> {
  if (unknownName !== undefined) showUnknownName(stream, unknownName);
  if (offers.length + leftOut.length === 0) stream.markdown(l10n.t('No pattern is relevant.'));
  for (const [index, offer] of offers.entries()) {
    const { heading, kind, language, origin, relevance, source, reverted } = offer;
    const facts = [
      kind,
      language === null ? null : nameLanguage(language),
      relevance === null ? null : l10n.t('{0} match', percent(relevance)),
    ];
    const stale = staleText(source, reverted);
    const about = [...facts.filter((fact) => fact !== null), ...stale].join(' · ');
    stream.markdown(`${index + 1}. ${asPlainMarkdown(heading)}  \n   ${about} · ${origin}\n`);
    await showPlace(shell, stream, offer.id);
  }
  for (const { name, detail } of leftOut) {
    stream.markdown(`\n${leftOutLine(name, detail)}`);
  }
  for (const [index, { id }] of offers.slice(0, MOST_BUTTONS).entries()) {
    const title = l10n.t('Insert {0}', index + 1);
    stream.button({ command: COMMANDS.insert, title, arguments: [id] });
  }
  const [first] = offers;
  if (first !== undefined) addButtons(stream, first.id, offers.length > 1);
  return offers.map(({ id, impression }) => ({ id, impression }));
}

/** What was taken for a name that nothing has, and what the sources declare. */
function showUnknownName(
  stream: ChatResponseStream,
  { name: asked, meant, declared }: UnknownName,
): void {
  if (meant !== undefined) {
    stream.markdown(
      `${asPlainMarkdown(l10n.t('Nothing is called {0}; these are for {1}.', asked, meant))}\n\n`,
    );
  }
  for (const { name, path, line, why, signature } of declared) {
    const reason = displayed(why);
    const place = l10n.t('{0} is at {1}:{2}, not in the library: {3}.', name, path, line, reason);
    const head = signature === '' ? '' : `  \n\`${signature.replaceAll('`', "'")}\``;
    stream.markdown(`${asPlainMarkdown(place)}${head}\n\n`);
  }
}

/**
 * Names patterns with their places and, if asked to, their code.
 *
 * @returns what a language model may read of them
 */
export async function showCode(
  shell: Shell,
  stream: ChatResponseStream,
  { shown, withCode }: { readonly shown: readonly Shown[]; readonly withCode: boolean },
): Promise<string> {
  const quotes: string[] = [];
  for (const { id } of shown) {
    const { text, warning } = await shell.connection.engine.prompts.quote(id, {
      introduction: l10n.t('From your pattern library:'),
      before: l10n.t('Before the change:'),
      after: l10n.t('After the change:'),
    });
    await showPlace(shell, stream, id);
    if (warning !== undefined) {
      stream.markdown(leftOutLine(warning.name, warning.detail));
      continue;
    }
    quotes.push(text);
    if (withCode) stream.markdown(text);
  }
  if (withCode && shown[0] !== undefined) {
    const insert = { command: COMMANDS.insert, title: l10n.t('Insert at Cursor') };
    stream.button({ ...insert, arguments: [shown[0].id] });
    addButtons(stream, shown[0].id);
  }
  return quotes.join('\n');
}

/** What moved each pattern up, and what became of it so far. */
export async function showReasons(
  { connection: { engine } }: Shell,
  stream: ChatResponseStream,
  shown: readonly Shown[],
): Promise<readonly Shown[]> {
  if (shown.length === 0) stream.markdown(l10n.t('Nothing was shown yet.'));
  for (const { id, impression } of shown) {
    const [detail, why] = await Promise.all([
      engine.patterns.detail(id),
      impression === null ? undefined : engine.outcomes.why(impression),
    ]);
    if (detail === undefined) continue;
    const { name, successRate, ratingCount } = detail.pattern;
    const reasons = (why?.reasons ?? []).map((reason) => asPlainMarkdown(displayed(reason)));
    const rate = percent(successRate.mean);
    const facts = l10n.t('success {0}, ratings: {1}, uses: {2}', rate, ratingCount, detail.uses);
    const lines = [`- ${asPlainMarkdown(name)}: ${facts}`, ...reasons.map((one) => `  - ${one}`)];
    stream.markdown(`${lines.join('\n')}\n`);
  }
  return shown;
}

/** The file a pattern stands in, where that is open here. */
async function showPlace(
  { connection: { engine } }: Shell,
  stream: ChatResponseStream,
  id: PatternId,
): Promise<void> {
  const folders = extractableFolders().map(({ uri }) => uri.fsPath);
  const places = folders.length === 0 ? [] : await engine.patterns.locate(id, folders);
  const place = places.find(({ state }) => state !== 'gone');
  if (place === undefined) return;
  const line = place.range?.start.line ?? 0;
  stream.reference(new Location(Uri.file(place.file), new Range(line, 0, line, 0)));
}

function leftOutLine(name: string, detail: LocalizedText): string {
  return l10n.t('Left out: {0}: {1}', asPlainMarkdown(name), displayed(detail));
}

/** For the first of those shown, which is said where there are others. */
function addButtons(stream: ChatResponseStream, id: PatternId, isOneOfMany = false): void {
  const [open, rate] = isOneOfMany
    ? [l10n.t('Open {0}', 1), l10n.t('Rate {0}…', 1)]
    : [l10n.t('Open'), l10n.t('Rate…')];
  stream.button({ command: COMMANDS.openBrowser, title: open, arguments: [{ id }] });
  stream.button({ command: COMMANDS.rate, title: rate, arguments: [id] });
}

function percent(ratio: number): string {
  return `${Math.round(ratio * 100)} %`;
}
