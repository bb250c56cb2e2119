import { l10n, window, type QuickPickItem } from 'vscode';
import type { PackChange } from '../../core/model/api/packs.ts';
import { watchWork } from '../jobs/watchWork.ts';
import { askModal, showInformation } from '../messages.ts';
import { asPlainLabel } from '../plainText.ts';
import type { Shell } from '../shell.ts';

/** Names of patterns that a dialog lists. */
const MOST_NAMED = 15;

/** Looks for packs in the registry that npm is set to, shows what one would change, and adds it. */
export async function browsePacks({ connection }: Pick<Shell, 'connection'>): Promise<void> {
  const { packs } = connection.engine;
  const words = await window.showInputBox({
    title: l10n.t('Browse Packs'),
    prompt: l10n.t('Words to look for in the registry; nothing shows all packs'),
  });
  if (words === undefined) return;
  const installed = new Map((await packs.list()).map((pack) => [pack.name, pack.version]));
  const found = await watchWork(l10n.t('Looking for packs'), () => packs.search(words));
  if (found.length === 0) {
    void showInformation(l10n.t('The registry has no such pack.'));
    return;
  }
  const items = found.map((pack): QuickPickItem & { readonly name: string } => {
    const here = installed.get(pack.name);
    const version = here === undefined ? pack.version : `${here} → ${pack.version}`;
    return {
      label: asPlainLabel(pack.name),
      description: [version, asPlainLabel(pack.author)].filter((part) => part !== '').join(' · '),
      detail: asPlainLabel(pack.description),
      name: pack.name,
    };
  });
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Browse Packs'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen === undefined) return;
  const change = await watchWork(l10n.t('Reading the pack'), () => packs.compare(chosen.name));
  const add = change.from === null ? l10n.t('Add') : l10n.t('Update');
  const question = l10n.t(
    '{0} {1}: {2} patterns',
    chosen.name,
    change.pack.version,
    change.pack.patterns,
  );
  if ((await askModal(question, describe(change), add)) !== add) return;
  await packs.add(chosen.name, false);
  void showInformation(
    l10n.t('“{0}” was added. Its patterns wait until you accept them.', chosen.name),
  );
}

function describe({ pack, added, removed, changed }: PackChange): string {
  const named = (mark: string, names: readonly string[]): readonly string[] =>
    names.slice(0, MOST_NAMED).map((name) => `${mark} ${name}`);
  return [
    pack.description,
    pack.signer === null
      ? l10n.t('Nobody signed it.')
      : pack.isKnownSigner === false
        ? l10n.t('Signed by {0}, another key than before.', pack.signer)
        : l10n.t('Signed by {0}.', pack.signer),
    ...named('+', added),
    ...named('−', removed),
    ...named('~', changed),
  ].join('\n');
}
