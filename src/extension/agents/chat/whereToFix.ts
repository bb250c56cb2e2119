import { join } from 'node:path';
import { l10n, Location, Position, Uri, type ChatResponseStream } from 'vscode';
import { describeMended, type MendedBy } from '../../../core/model/resolution/mended.ts';
import { displayed } from '../../displayed.ts';
import { extractableFolders } from '../../folders.ts';
import { COMMANDS } from '../../names.ts';
import { asPlainMarkdown } from '../../plainText.ts';
import type { Shell } from '../../shell.ts';
import { signalOf } from '../../signalOf.ts';
import type { Turn } from './turn.ts';

/** Files, and as many functions; an answer in the chat is read at a glance. */
const SHOWN_PLACES = 5;

/** Lists where an issue is to be fixed, best first, in each open folder. */
export async function showWhereToFix(
  { connection }: Shell,
  { stream, token }: Turn,
  text: string,
): Promise<readonly never[]> {
  if (text.trim() === '') {
    stream.markdown(l10n.t('Say what is wrong, or paste what a failing test printed.'));
    return [];
  }
  const watch = { signal: signalOf(token) };
  let shown = 0;
  for (const { uri } of extractableFolders()) {
    const instance = { text, folder: uri.fsPath };
    const { resolution } = connection.engine;
    const options = { limit: SHOWN_PLACES, atOnce: true };
    const { places, root } = await resolution.localize(instance, options, watch);
    for (const { symbol, path, range, why } of places) {
      shown += 1;
      const line = range?.start.line ?? 0;
      const name = symbol === null ? path : `${symbol} · ${path}:${line + 1}`;
      const reasons = why.map((reason) => asPlainMarkdown(displayed(reason))).join('; ');
      stream.markdown(`${shown}. `);
      stream.anchor(new Location(Uri.file(join(root, path)), new Position(line, 0)), name);
      stream.markdown(`  \n   ${reasons}\n`);
    }
    stream.progress(l10n.t('Looking for a commit that mended it already'));
    const mendedBy = await resolution.mendedBy(instance, watch);
    if (mendedBy !== null) showMended(stream, mendedBy, root);
  }
  if (shown === 0) {
    stream.markdown(l10n.t('Nothing was found: no word of the text is in the code.'));
    return [];
  }
  const title = l10n.t('Show in the Editor');
  stream.button({ command: COMMANDS.findWhereToFix, title, arguments: [text] });
  const propose = l10n.t('Propose a Fix…');
  stream.button({ command: COMMANDS.proposeFix, title: propose, arguments: [text] });
  return [];
}

function showMended(stream: ChatResponseStream, mendedBy: MendedBy, root: string): void {
  stream.markdown(`\n${asPlainMarkdown(displayed(describeMended(mendedBy)))}.\n\n`);
  for (const { path, symbol, range } of mendedBy.places) {
    const at = new Position(range?.start.line ?? 0, 0);
    stream.anchor(new Location(Uri.file(join(root, path)), at), symbol ?? path);
    stream.markdown('\n\n');
  }
}
