import { ConfigurationTarget, l10n, lm, window, workspace, type QuickPickItem } from 'vscode';
import { MODEL_USES, type ModelSettings, type ModelUse } from '../../core/model/ports/chatModel.ts';
import { createServerKeys } from '../keys/serverKeys.ts';
import { showInformation } from '../messages.ts';
import { SETTINGS_SECTION } from '../names.ts';
import { asPlainLabel } from '../plainText.ts';
import type { Shell } from '../shell.ts';
import { readModelSettings } from './modelSettings.ts';

type Place = Pick<ModelSettings, 'door' | 'address' | 'name'>;

/** Asks which model may be asked, and for what; nothing is sent by choosing. */
export async function chooseModel({ context }: Pick<Shell, 'context'>): Promise<void> {
  const before = readModelSettings();
  const place = await choosePlace(before);
  if (place === undefined) return;
  const uses = place.door === 'none' ? before.uses : await chooseUses(before.uses);
  if (uses === undefined) return;
  if (place.door === 'address') {
    const key = await askKey(place.address);
    if (key === undefined) return;
    const keys = createServerKeys(context.secrets, 'model');
    if (key !== '') await keys.store(place.address, key, before.address);
  }
  await store({ ...place, uses });
  if (place.door === 'none') void showInformation(l10n.t('No model is asked for anything.'));
}

interface PlaceItem extends QuickPickItem {
  readonly place: Place;
}

async function choosePlace(before: ModelSettings): Promise<Place | undefined> {
  const models = await lm.selectChatModels();
  const items: readonly PlaceItem[] = [
    {
      label: l10n.t('No Model'),
      description: l10n.t('everything works without one'),
      place: { ...before, door: 'none' },
    },
    ...models.map(({ id, name, vendor }): PlaceItem => ({
      label: asPlainLabel(name),
      description: l10n.t('VS Code · {0}', vendor),
      place: { ...before, door: 'editor', name: id },
    })),
    {
      label: l10n.t('Another Server…'),
      description: l10n.t('an address with an API like that of OpenAI, such as Ollama'),
      place: { ...before, door: 'address' },
    },
  ];
  const title = l10n.t('Choose a Language Model');
  const chosen = (await window.showQuickPick(items, { title, matchOnDescription: true }))?.place;
  return chosen?.door === 'address' ? askAddress(before) : chosen;
}

async function askAddress(before: ModelSettings): Promise<Place | undefined> {
  const title = l10n.t('Choose a Language Model');
  const address = await window.showInputBox({
    ...{ title, prompt: l10n.t('Address of the server'), ignoreFocusOut: true },
    placeHolder: l10n.t('As in http://127.0.0.1:11434/v1'),
    value: before.address,
    validateInput: (value) =>
      /^https?:\/\//.test(value.trim()) && URL.canParse(value.trim())
        ? undefined
        : l10n.t('This is not an address.'),
  });
  if (address === undefined) return undefined;
  const name = await window.showInputBox({
    ...{ title, prompt: l10n.t('Name of the model there'), ignoreFocusOut: true },
    value: before.door === 'address' ? before.name : '',
  });
  if (name === undefined) return undefined;
  return { door: 'address', address: address.trim(), name: name.trim() };
}

/** @returns empty to keep the key there is, or to do without one */
function askKey(address: string): Thenable<string | undefined> {
  return window.showInputBox({
    title: l10n.t('Choose a Language Model'),
    prompt: l10n.t('Key for {0}; leave it empty where it needs none or has one already', address),
    ...{ password: true, ignoreFocusOut: true },
  });
}

async function chooseUses(before: readonly ModelUse[]): Promise<readonly ModelUse[] | undefined> {
  const texts: Readonly<Record<ModelUse, string>> = {
    learning: l10n.t('Which steps of a session decided its outcome, and strategies put into words'),
    descriptions: l10n.t('Names and descriptions of patterns'),
    resolution: l10n.t('Solutions of issues'),
  };
  const items = MODEL_USES.map((use) => ({
    ...{ label: texts[use], use, picked: before.includes(use) },
  }));
  const title = l10n.t('What May It Be Asked For?');
  const chosen = await window.showQuickPick(items, { title, canPickMany: true });
  return chosen?.map(({ use }) => use);
}

async function store(chosen: Place & Pick<ModelSettings, 'uses'>): Promise<void> {
  const settings = workspace.getConfiguration(SETTINGS_SECTION);
  for (const key of ['door', 'address', 'name', 'uses'] as const) {
    await settings.update(`model.${key}`, chosen[key], ConfigurationTarget.Global);
  }
}
