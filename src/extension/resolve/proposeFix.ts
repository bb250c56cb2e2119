import { basename } from 'node:path';
import { Disposable, l10n, window, type QuickPickItem } from 'vscode';
import type { NamelessInstance } from '../../core/model/resolution/instance.ts';
import type { Judged, Selected } from '../../core/model/resolution/stages.ts';
import { displayed } from '../displayed.ts';
import { showFailure } from '../failure.ts';
import { watchWork } from '../jobs/watchWork.ts';
import { showInformation } from '../messages.ts';
import { asPlainLabel } from '../plainText.ts';
import type { Shell } from '../shell.ts';
import type { Proposal, Proposals } from './proposals.ts';

/** Candidates that a person looks through. */
const MOST_CANDIDATES = 10;

/** Propose A Fix: candidates for an issue, the best first, each as a diff to look at. */
export async function proposeFix(
  shell: Shell,
  proposals: Proposals,
  issue: NamelessInstance,
): Promise<void> {
  const { resolution } = shell.connection.engine;
  const options = { atOnce: true, candidates: MOST_CANDIDATES };
  const { selected, root } = await watchWork(l10n.t('Looking for a fix'), (watch) =>
    resolution.resolve(issue, options, watch),
  );
  if (selected.judged.length === 0) {
    void showInformation(
      l10n.t('No fix of your library fits. Find Where To Fix lists the likely places.'),
    );
    return;
  }
  const toProposal = async ({ patch }: Judged): Promise<Proposal> => {
    return { id: patch.id, root, files: await resolution.preview(issue.folder, patch) };
  };
  const chosen = await pickCandidate(shell, selected, async (candidate) => {
    const look = { preview: true, preserveFocus: true };
    await proposals.show(await toProposal(candidate), look);
  });
  if (chosen !== undefined) await proposals.show(await toProposal(chosen), { preview: false });
}

interface CandidateItem extends QuickPickItem {
  readonly candidate: Judged;
}

function pickCandidate(
  shell: Shell,
  selected: Selected,
  look: (candidate: Judged) => Promise<void>,
): Promise<Judged | undefined> {
  const pick = window.createQuickPick<CandidateItem>();
  pick.title = l10n.t('Propose A Fix');
  pick.placeholder = l10n.t('Nothing is changed before you accept a fix');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = selected.judged.map((candidate) => toItem(candidate, selected));
  return new Promise((resolve) => {
    const listening = Disposable.from(
      pick,
      pick.onDidChangeActive(([item]) => {
        if (item === undefined) return;
        look(item.candidate).catch((error: unknown) => showFailure(shell, error));
      }),
      pick.onDidAccept(() => {
        resolve(pick.selectedItems[0]?.candidate);
        pick.hide();
      }),
      pick.onDidHide(() => {
        resolve(undefined);
        listening.dispose();
      }),
    );
    pick.show();
  });
}

function toItem(candidate: Judged, { choice }: Selected): CandidateItem {
  const { patch, why } = candidate;
  const names = patch.files.map(({ path }) => basename(path)).join(', ');
  const isBest = choice.kind === 'chosen' && choice.patch.id === patch.id;
  const reasons = [...new Set([...patch.why, ...why].map(displayed))].join('; ');
  return {
    label: `$(${isBest ? 'star-full' : 'diff'}) ${asPlainLabel(names)}`,
    description: asPlainLabel(patch.files.map(({ path }) => path).join(', ')),
    detail: asPlainLabel(reasons),
    candidate,
  };
}
