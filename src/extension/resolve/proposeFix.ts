import { basename, dirname } from 'node:path';
import {
  Disposable,
  l10n,
  TabInputTextDiff,
  window,
  type QuickPickItem,
  type TextDocumentShowOptions,
} from 'vscode';
import type { NamelessInstance } from '../../core/model/resolution/instance.ts';
import { describeMended, type MendedBy } from '../../core/model/resolution/mended.ts';
import type { Judged, Selected } from '../../core/model/resolution/stages.ts';
import { displayed } from '../displayed.ts';
import { showFailure } from '../failure.ts';
import { watchWork } from '../jobs/watchWork.ts';
import { showInformation } from '../messages.ts';
import { FIX_SCHEME } from '../names.ts';
import { asPlainLabel } from '../plainText.ts';
import type { Shell } from '../shell.ts';
import { openPlace } from './placePick.ts';
import { openPreviews } from './previews.ts';
import type { Proposal, Proposals } from './proposals.ts';

/** Candidates that a person looks through. */
const MOST_CANDIDATES = 10;

/** Propose a Fix: candidates for an issue, the best first, each as a diff to look at. */
export async function proposeFix(
  shell: Shell,
  proposals: Proposals,
  issue: NamelessInstance,
): Promise<void> {
  const { resolution } = shell.connection.engine;
  const options = { atOnce: true, candidates: MOST_CANDIDATES };
  const { selected, root, mendedBy } = await watchWork(l10n.t('Looking for a fix'), (watch) =>
    resolution.resolve(issue, options, watch),
  );
  if (mendedBy !== null && !(await isSoughtNevertheless(mendedBy, root, selected))) return;
  if (selected.judged.length === 0) {
    void showInformation(
      l10n.t(
        'No earlier fix of your library resembles this. Find Where to Fix lists the likely places.',
      ),
    );
    return;
  }
  const toProposal = async ({ patch }: Judged): Promise<Proposal> => {
    return { id: patch.id, root, files: await resolution.preview(issue.folder, patch) };
  };
  await pickCandidate(shell, selected, async (candidate, options) => {
    await proposals.show(await toProposal(candidate), options);
  });
}

/**
 * Says what mended an issue already, and leads to the place as it is now.
 *
 * @returns whether what is proposed all the same is to be shown
 */
async function isSoughtNevertheless(
  mendedBy: MendedBy,
  root: string,
  { judged }: Selected,
): Promise<boolean> {
  const [place] = mendedBy.places;
  const show = l10n.t('Show the Place');
  const go = l10n.t('Show the Proposals');
  const actions = [...(place === undefined ? [] : [show]), ...(judged.length === 0 ? [] : [go])];
  const told = `${displayed(describeMended(mendedBy))}.`;
  const answer = await showInformation(told, ...actions);
  if (answer === show && place !== undefined) await openPlace(root, place, {});
  return answer === go;
}

interface CandidateItem extends QuickPickItem {
  readonly candidate: Judged;
}

/** Lists candidates and shows the one in focus; the chosen one stays open. */
function pickCandidate(
  shell: Shell,
  selected: Selected,
  show: (candidate: Judged, options: TextDocumentShowOptions) => Promise<void>,
): Promise<void> {
  const pick = window.createQuickPick<CandidateItem>();
  pick.title = l10n.t('Propose a Fix');
  pick.placeholder = placeholderFor(selected);
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = selected.judged.map((candidate) => toItem(candidate, selected));
  const onFailure = (error: unknown): void => {
    void showFailure(shell, error);
  };
  const previews = openPreviews(
    ({ input }) => input instanceof TabInputTextDiff && input.modified.scheme === FIX_SCHEME,
    onFailure,
  );
  let chosen: Judged | undefined;
  return new Promise((resolve) => {
    const listening = Disposable.from(
      pick,
      pick.onDidChangeActive(([item]) => {
        if (item === undefined) return;
        previews.show(() => show(item.candidate, { preview: true, preserveFocus: true }));
      }),
      pick.onDidAccept(() => {
        chosen = pick.selectedItems[0]?.candidate;
        pick.hide();
      }),
      pick.onDidHide(() => {
        const candidate = chosen;
        const settled =
          candidate === undefined
            ? previews.leave()
            : previews.choose(() => show(candidate, { preview: false }));
        void settled.catch(onFailure).then(resolve);
        listening.dispose();
      }),
    );
    pick.show();
  });
}

/** That nothing tells the best apart, or none is good enough, where it is so. */
function placeholderFor({ choice, why }: Selected): string {
  const unchanged = l10n.t('Nothing is changed before you accept a fix');
  if (choice.kind === 'chosen') return unchanged;
  return [...why.map(displayed), unchanged].join('. ');
}

function toItem(candidate: Judged, { choice }: Selected): CandidateItem {
  const { patch, why, isTested } = candidate;
  const names = patch.files.map(({ path }) => basename(path)).join(', ');
  // A file that lies in no folder is told by its name alone.
  const folders = new Set(patch.files.map(({ path }) => dirname(path)).filter((at) => at !== '.'));
  const isBest = choice.kind === 'chosen' && choice.patch.id === patch.id;
  const untried = isTested === true ? [] : [l10n.t('not tried by any test')];
  const reasons = [...new Set([...untried, ...[...patch.why, ...why].map(displayed)])].join('; ');
  return {
    label: `$(${isBest ? 'star-full' : 'diff'}) ${asPlainLabel(names)}`,
    description: asPlainLabel([...folders].join(', ')),
    detail: asPlainLabel(reasons),
    candidate,
  };
}
