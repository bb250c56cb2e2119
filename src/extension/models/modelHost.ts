import { l10n, type SecretStorage } from 'vscode';
import { AppError } from '../../core/model/errors.ts';
import { localized } from '../../core/model/localizedText.ts';
import type { ModelHost, SendingPreview } from '../../core/model/ports/chatModel.ts';
import type { Reports } from '../documents/reports.ts';
import { createServerKeys } from '../keys/serverKeys.ts';
import { showInformation } from '../messages.ts';
import { asPlainMarkdown } from '../plainText.ts';
import { askEditorModel, editorModel } from './editorModel.ts';
import { readModelSettings } from './modelSettings.ts';

/** What VS Code knows of models: settings of the person, keys in its secret storage, and its own. */
export function createModelHost(secrets: SecretStorage, reports: Reports): ModelHost {
  const keys = createServerKeys(secrets, 'model');
  return {
    settings: async () => {
      const settings = readModelSettings();
      if (settings.door !== 'editor') return settings;
      const model = await editorModel(settings.name);
      return { ...settings, name: model?.id ?? settings.name };
    },
    key: (address) => keys.read(address),
    confirm: (preview) => showSending(reports, preview),
    complete: async (request, watch) => {
      const { name } = readModelSettings();
      const model = await editorModel(name);
      if (model !== undefined) return askEditorModel(model, request, watch);
      const why =
        name === ''
          ? localized`VS Code has no language model`
          : localized`VS Code has no language model ${name}`;
      throw new AppError('model-failed', why);
    },
  };
}

/** Shows all of it as a page, and asks beside it, so that the page can be read. */
async function showSending(
  reports: Reports,
  { use, to, model, messages }: SendingPreview,
): Promise<boolean> {
  const title = l10n.t('What Would Be Sent');
  await reports.show({
    title,
    // Another question may be open, whose page has to stay what it asks about.
    about: [use, to, model].join(' '),
    text: [
      `# ${title}`,
      l10n.t(
        'For {0}, this would go to {1} at {2}, and more like it later.',
        use,
        asPlainMarkdown(model),
        asPlainMarkdown(to),
      ),
      ...messages.map(({ role, content }) => `## ${role}\n\n${asBlock(content)}`),
    ].join('\n\n'),
  });
  const send = l10n.t('Send');
  const question = l10n.t('Send this to {0}? The page shows all of it.', model);
  return (await showInformation(question, send, l10n.t('Don’t Send'))) === send;
}

/** Nothing in a block that is indented can end it. */
function asBlock(content: string): string {
  return content
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}
