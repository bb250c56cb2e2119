import { join } from 'node:path';
import { EventEmitter, workspace, type Disposable, type Event, type TextDocument } from 'vscode';
import type { RepeatedEdit } from '../../core/model/suggestions/edit.ts';
import { isStopped, logFailure } from '../failure.ts';
import type { Shell } from '../shell.ts';
import { filePlaceOf } from '../suggest/openBuffers.ts';

const DISMISSED = 'suggestions.dismissedEdits';
const MOST_DISMISSED = 500;

/** A change just made with its other places, as long as they look as they did. */
export interface Offer {
  readonly edit: RepeatedEdit;
  /** Top of the project, which the paths of places are relative to. */
  readonly root: string;
}

/** Which changes of a document have other places. */
export interface Offers {
  readonly onDidChange: Event<void>;
  of(document: TextDocument): readonly Offer[];
  /** Looks again after a document has changed, also for changes that it was another place of. */
  look(document: TextDocument): Promise<void>;
  dismiss(id: string): Promise<void>;
  dispose(): void;
}

interface Offered {
  readonly document: TextDocument;
  readonly offers: readonly Offer[];
}

export function openOffers(shell: Pick<Shell, 'connection' | 'context' | 'log'>): Offers {
  const { workspaceState } = shell.context;
  const emitter = new EventEmitter<void>();
  const byDocument = new Map<string, Offered>();
  const looking = new Map<string, AbortController>();

  const dismissed = (): readonly string[] => workspaceState.get<readonly string[]>(DISMISSED) ?? [];

  function set(uri: string, offered: Offered): void {
    const before = byDocument.get(uri)?.offers.length ?? 0;
    byDocument.set(uri, offered);
    if (before > 0 || offered.offers.length > 0) emitter.fire();
  }

  async function look(changed: TextDocument): Promise<void> {
    const around = [...byDocument.values()].filter(
      ({ document, offers }) => document !== changed && haveAPlaceIn(offers, changed.uri.fsPath),
    );
    await Promise.all([changed, ...around.map(({ document }) => document)].map(lookAt));
  }

  async function lookAt(document: TextDocument): Promise<void> {
    const place = filePlaceOf(document);
    if (place === undefined) return;
    const uri = document.uri.toString();
    looking.get(uri)?.abort();
    const stop = new AbortController();
    looking.set(uri, stop);
    try {
      const { root, edits } = await shell.connection.engine.suggest.places(
        { ...place, source: { kind: 'file', text: document.getText() }, isAsked: false },
        { signal: stop.signal },
      );
      if (stop.signal.aborted) return;
      const offers = edits.map((edit) => ({ edit, root }));
      set(uri, { document, offers });
    } catch (error) {
      if (!isStopped(error)) logFailure(shell, error);
    }
  }

  const watch: Disposable = workspace.onDidCloseTextDocument((document) => {
    const uri = document.uri.toString();
    looking.get(uri)?.abort();
    looking.delete(uri);
    byDocument.delete(uri);
  });
  return {
    onDidChange: emitter.event,
    of(document) {
      const known = dismissed();
      const offers = byDocument.get(document.uri.toString())?.offers ?? [];
      return offers.filter(({ edit }) => !known.includes(edit.id));
    },
    look,
    async dismiss(id) {
      await workspaceState.update(DISMISSED, [...dismissed(), id].slice(-MOST_DISMISSED));
      emitter.fire();
    },
    dispose() {
      watch.dispose();
      emitter.dispose();
      for (const stop of looking.values()) stop.abort();
    },
  };
}

function haveAPlaceIn(offers: readonly Offer[], file: string): boolean {
  return offers.some(({ root, edit }) => edit.places.some(({ path }) => join(root, path) === file));
}
