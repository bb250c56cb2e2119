import { l10n, window, type QuickPickItem } from 'vscode';
import type { PackChange, PackInfo, PacksApi } from '../../core/model/api/packs.ts';
import { describePatterns } from '../jobs/progressText.ts';
import { watchWork } from '../jobs/watchWork.ts';
import { askModal, showInformation } from '../messages.ts';
import { asPlainLabel } from '../plainText.ts';
import type { Shell } from '../shell.ts';

/** Names of patterns that a dialog lists. */
const MOST_NAMED = 15;

/** Looks for packs in the registry that npm is set to, shows what a version would change, and takes it in. */
export async function browsePacks({ connection }: Pick<Shell, 'connection'>): Promise<void> {
  const { packs } = connection.engine;
  const words = await window.showInputBox({
    title: l10n.t('Browse Packs'),
    prompt: l10n.t('Words to search the registry for; leave empty to list all packs'),
  });
  if (words === undefined) return;
  const installed = new Map((await packs.list()).map((pack) => [pack.name, pack.version]));
  const found = await watchWork(l10n.t('Searching for packs'), () => packs.search(words));
  if (found.length === 0) {
    void showInformation(l10n.t('No packs were found in the registry.'));
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
  const spec = await pickVersion(packs, chosen.name, installed.get(chosen.name));
  if (spec === undefined) return;
  const change = await watchWork(l10n.t('Reading the pack'), () => packs.compare(spec));
  if (change.from === change.pack.version) {
    void showInformation(l10n.t('“{0}” {1} is already installed.', chosen.name, change.from));
    return;
  }
  const add = change.from === null ? l10n.t('Add') : l10n.t('Switch Version');
  const { version, patterns } = change.pack;
  const question = `${chosen.name} ${version}: ${describePatterns(patterns)}`;
  if ((await askModal(question, describe(change), add)) !== add) return;
  await packs.add(spec, false);
  void showInformation(
    change.from === null
      ? l10n.t('“{0}” was added. Its patterns wait until you accept them.', chosen.name)
      : l10n.t(
          '“{0}” is now at version {1}. New patterns wait until you accept them.',
          chosen.name,
          version,
        ),
  );
}

/** @returns what npm knows the chosen version by; the only one is not asked about */
async function pickVersion(
  packs: PacksApi,
  name: string,
  here: string | null | undefined,
): Promise<string | undefined> {
  const versions = await watchWork(l10n.t('Fetching versions'), () => packs.versions(name));
  const items = versions.map(({ version, publishedAt, description }) => ({
    label: version,
    description: [publishedAt?.slice(0, 10) ?? '', version === here ? l10n.t('installed') : '']
      .filter((part) => part !== '')
      .join(' · '),
    detail: asPlainLabel(description),
  }));
  const title = l10n.t('Versions of {0}', name);
  const [first] = items;
  const chosen = items.length === 1 ? first : await window.showQuickPick(items, { title });
  return chosen && `${name}@${chosen.label}`;
}

function describe({ pack, from, added, removed, changed }: PackChange): string {
  const named = (mark: string, names: readonly string[]): readonly string[] => {
    const more = names.length - MOST_NAMED;
    return [
      ...names.slice(0, MOST_NAMED).map((name) => `${mark} ${name}`),
      ...(more > 0 ? [l10n.t('{0} and {1} more', mark, more)] : []),
    ];
  };
  return [
    ...(pack.description === '' ? [] : [pack.description]),
    ...(pack.author === '' ? [] : [l10n.t('By {0}', pack.author)]),
    ...(from === null ? [] : [`${from} → ${pack.version}`]),
    describeSigner(pack),
    ...['', ...named('+', added), ...named('−', removed), ...named('~', changed)],
  ].join('\n');
}

function describeSigner({ signer, isKnownSigner }: PackInfo): string {
  if (signer === null) return l10n.t('Not signed');
  if (isKnownSigner === null) return l10n.t('Signed by {0}, seen for the first time', signer);
  return isKnownSigner
    ? l10n.t('Signed by {0}, as before', signer)
    : l10n.t('Signed by {0}, which is NOT the key of the installed version', signer);
}
