import { join } from 'node:path';
import { commands, l10n, Uri, workspace } from 'vscode';
import type { TextDocumentShowOptions } from 'vscode';
import type { ChangedFile } from '../../core/model/resolution/patch.ts';
import { FIX_SCHEME } from '../names.ts';

/** A change that is proposed and not made. */
export interface Proposal {
  /** Of the patch. */
  readonly id: string;
  /** Top level of the repository on the disk. */
  readonly root: string;
  /** Whole files before and after, at least one. */
  readonly files: readonly ChangedFile[];
}

/** Proposals that documents show. */
export interface Proposals {
  /** Opens what a proposal changes, read-only, the first file in front; in a preview that alone. */
  show(proposal: Proposal, options: TextDocumentShowOptions): Promise<void>;
  /** The proposal of a document. */
  of(uri: Uri): Proposal | undefined;
  dispose(): void;
}

/** Proposals that are remembered; older ones can no longer be accepted. */
const MOST_PROPOSALS = 100;

/** Shows the sides of proposals as documents that cannot be written. */
export function openProposals(): Proposals {
  const known = new Map<string, Proposal>();
  const provider = workspace.registerTextDocumentContentProvider(FIX_SCHEME, {
    provideTextDocumentContent: (uri) => {
      const file = known.get(uri.query)?.files.find(({ path }) => `/${path}` === uri.path);
      return (uri.fragment === BEFORE ? file?.before : file?.after) ?? '';
    },
  });

  function remember(proposal: Proposal): void {
    known.delete(proposal.id);
    known.set(proposal.id, proposal);
    const [oldest] = known.keys();
    if (known.size > MOST_PROPOSALS && oldest !== undefined) known.delete(oldest);
  }

  return {
    async show(proposal, options) {
      remember(proposal);
      const { root, id } = proposal;
      const shown = options.preview === true ? proposal.files.slice(0, 1) : proposal.files;
      // The last one that is opened is in front.
      for (const { path, formerPath, before } of shown.toReversed()) {
        const place = { scheme: FIX_SCHEME, path: `/${path}`, query: id };
        const current =
          before === null
            ? Uri.from({ ...place, fragment: BEFORE })
            : Uri.file(join(root, formerPath ?? path));
        const title = l10n.t('{0}: as it is ↔ proposed fix', path);
        await commands.executeCommand('vscode.diff', current, Uri.from(place), title, options);
      }
    },
    of: ({ scheme, query }) => (scheme === FIX_SCHEME ? known.get(query) : undefined),
    dispose() {
      provider.dispose();
    },
  };
}

const BEFORE = 'before';
