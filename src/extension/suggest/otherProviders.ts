import { extensions, type Extension } from 'vscode';

/** Extensions that show ghost text and need no proposed API for it. */
const KNOWN: ReadonlySet<string> = new Set(
  [
    'GitHub.copilot',
    'GitHub.copilot-chat',
    'AmazonWebServices.amazon-q-vscode',
    'Augment.vscode-augment',
    'Blackboxapp.blackbox',
    'Codeium.codeium',
    'Continue.continue',
    'Google.geminicodeassist',
    'sourcegraph.cody-ai',
    'Supermaven.supermaven',
    'TabbyML.vscode-tabby',
    'TabNine.tabnine-vscode',
    'VisualStudioExptTeam.vscodeintellicode-completions',
  ].map((id) => id.toLowerCase()),
);

/** What only providers of ghost text ask for. */
const PROPOSAL = 'inlineCompletionsAdditions';

/** What another extension that suggests code while somebody types is called, if one is enabled. */
export function otherProvider(
  enabled: readonly Pick<Extension<unknown>, 'id' | 'packageJSON'>[] = extensions.all,
): string | undefined {
  for (const { id, packageJSON } of enabled) {
    const { displayName, enabledApiProposals, name } = packageJSON as Manifest;
    const isProvider =
      KNOWN.has(id.toLowerCase()) || enabledApiProposals?.some((one) => one.startsWith(PROPOSAL));
    if (isProvider === true) return displayName ?? name ?? id;
  }
  return undefined;
}

interface Manifest {
  readonly name?: string;
  readonly displayName?: string;
  readonly enabledApiProposals?: readonly string[];
}
