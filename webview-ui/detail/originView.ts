import { t } from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Provenance } from '../../src/core/model/pattern.ts';
import type { DetailView } from '../../src/protocol/browser.ts';
import { drawBreakable } from '../cutText.ts';
import { drawIcon } from '../parts.ts';
import { formatAge, formatDay, formatPlaces } from '../text/format.ts';
import { describeSourceState, nameSource } from '../text/labels.ts';
import type { View } from '../view.ts';
import { drawSection } from './sectionView.ts';

/** Places that are on show before one asks for the rest. */
const FIRST_PLACES = 3;

/** Where the pattern came from, and what became of the code there. */
export function drawOrigin(view: View, shown: DetailView): TemplateResult {
  const { occurrences, source, pack, support } = shown.detail.pattern;
  const drawAll = (from: number, to?: number): TemplateResult =>
    html`<ul class="places">
      ${occurrences
        .slice(from, to)
        .map((place, index) => drawPlace(view, shown, { place, index: from + index }))}
    </ul>`;
  return drawSection({
    title: t('Source'),
    note: occurrences.length === 0 ? nameSource(source) : formatPlaces(support, view.format),
    open: true,
    content: html`
      ${pack === null ? nothing : html`<p class="fact">${drawIcon('package')} ${pack}</p>`}
      ${
        occurrences.length === 0
          ? html`<p class="faint">${t('Not from a file.')}</p>`
          : drawAll(0, FIRST_PLACES)
      }
      ${
        occurrences.length <= FIRST_PLACES
          ? nothing
          : html`<details class="rest">
              <summary>${t('{0} more', String(occurrences.length - FIRST_PLACES))}</summary>
              ${drawAll(FIRST_PLACES)}
            </details>`
      }
    `,
  });
}

interface Occurrence {
  readonly place: Provenance;
  /** Index into the occurrences of the pattern. */
  readonly index: number;
}

function drawPlace(view: View, shown: DetailView, { place, index }: Occurrence): TemplateResult {
  const found = shown.places.find(({ occurrence }) => occurrence === index);
  const state = found === undefined ? undefined : describeSourceState(found.state);
  return html`<li class="place">
    <div class="place-path">
      ${drawPath(view, shown, { place, index })}
      ${
        state === undefined
          ? nothing
          : html`<span class="source-state state-${found?.state ?? ''}">
              ${drawIcon(state.icon)}${state.text}
            </span>`
      }
    </div>
    <div class="place-facts">
      ${place.projectName === null ? nothing : html`<span>${place.projectName}</span>`}
      ${drawCommit(view, shown, { place, index })}
      ${
        place.author === null
          ? nothing
          : html`<span title=${place.author}>${shortenAuthor(place.author)}</span>`
      }
      ${
        place.date === null
          ? nothing
          : html`<time datetime=${place.date} title=${formatDay(place.date, view.format)}>
              ${formatAge(place.date, view.format)}
            </time>`
      }
    </div>
  </li>`;
}

/** A link where the file is open in this window and still there. */
function drawPath(
  { browser }: View,
  { detail, places }: DetailView,
  { place, index }: Occurrence,
): TemplateResult | typeof nothing {
  if (place.path === null) return nothing;
  const line = place.range === null ? '' : `:${place.range.start.line + 1}`;
  const text = `${place.path}${line}`;
  const isHere = places.some(({ occurrence, state }) => occurrence === index && state !== 'gone');
  if (!isHere) return html`<span class="path" title=${text}>${drawBreakable(text)}</span>`;
  return html`<button
    type="button"
    class="link path"
    title=${t('Open {0}', text)}
    @click=${() => {
      browser.act({ action: 'openSource', id: detail.pattern.id, occurrence: index });
    }}
  >
    ${drawBreakable(text)}
  </button>`;
}

function drawCommit(
  { browser }: View,
  { detail, commitProjects }: DetailView,
  { place, index }: Occurrence,
): TemplateResult | typeof nothing {
  if (place.commit === null) return nothing;
  const short = place.commit.slice(0, 8);
  const isHere = place.project !== null && commitProjects.includes(place.project);
  if (!isHere) return html`<span class="commit" title=${place.commit}>${short}</span>`;
  return html`<button
    type="button"
    class="link commit"
    title=${t('Open the changes of commit {0}', short)}
    @click=${() => {
      browser.act({ action: 'openCommit', id: detail.pattern.id, occurrence: index });
    }}
  >
    ${short}
  </button>`;
}

/** The name in an address; a private one of GitHub begins with a number. */
function shortenAuthor(author: string): string {
  return (author.split('@')[0] ?? author).replace(/^\d+\+/, '');
}
