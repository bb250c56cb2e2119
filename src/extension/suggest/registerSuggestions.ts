import { Disposable } from 'vscode';
import { openOffers } from '../repeat/offers.ts';
import { registerRepeat } from '../repeat/registerRepeat.ts';
import type { Shell } from '../shell.ts';
import { registerGhostText } from './ghostText.ts';
import { openBuffers } from './openBuffers.ts';
import { openShowings } from './showings.ts';

/** What the code of the project has to say while somebody types, and after a change. */
export function registerSuggestions(shell: Shell): Disposable {
  const offers = openOffers(shell);
  const buffers = openBuffers(shell, (document) => {
    void offers.look(document);
  });
  const showings = openShowings(shell);
  return Disposable.from(
    offers,
    buffers,
    showings,
    registerGhostText(shell, { buffers, showings }),
    registerRepeat(shell, offers),
  );
}
