import { t } from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Pattern } from '../../src/core/model/pattern.ts';
import { nameLanguage } from '../../src/core/model/sourceFile/languageName.ts';
import type { DetailView } from '../../src/protocol/browser.ts';
import { KIND_ICONS } from '../../src/protocol/kindIcons.ts';
import type { DetailState } from '../browserState.ts';
import { drawBreakable } from '../cutText.ts';
import { placeOf } from '../list/listState.ts';
import { drawFailure, drawMessage } from '../list/stateView.ts';
import { drawIcon, drawIconButton } from '../parts.ts';
import { PATTERN_KEYS } from '../patternKeys.ts';
import { formatCount, formatLines, formatShare, formatTests } from '../text/format.ts';
import { nameKind } from '../text/labels.ts';
import { drawThumbs } from '../thumbs.ts';
import type { View } from '../view.ts';
import { drawActions } from './actionsView.ts';
import { isChange } from './change.ts';
import { drawOrigin } from './originView.ts';
import { drawRatings } from './ratingsView.ts';
import {
  drawChanges,
  drawDeviations,
  drawSiblings,
  drawTests,
  drawVariants,
} from './relatedView.ts';
import { drawHoles } from './shapeView.ts';
import { drawDescription, drawTags } from './textsView.ts';
import { drawWhy } from './worthView.ts';

/**
 * What is known of the chosen pattern, below the list; its code is in the editor. Folded it is a
 * line that opens it.
 */
export function drawDetails(view: View): TemplateResult | typeof nothing {
  const { detail, trail, detailsOpen } = view.state;
  const id = trail.at(-1);
  if (id === undefined) return nothing;
  if (!detailsOpen) return drawFolded(view, id);
  return html`<section
    id="details"
    class="details"
    aria-labelledby="pattern-name"
    aria-busy=${detail.phase === 'loading'}
  >
    ${drawBar(view)}
    <div class="details-scroll">${drawPhase(view, detail)}</div>
  </section>`;
}

function drawFolded({ browser }: View, id: string): TemplateResult {
  return html`<button
    type="button"
    class="details-folded"
    aria-expanded="false"
    title=${`${t('Details')} (${PATTERN_KEYS.details.label()})`}
    @click=${() => {
      browser.details(id);
    }}
  >
    ${drawIcon('chevron-right')}${t('Details')}
  </button>`;
}

function drawBar(view: View): TemplateResult {
  const { trail, detail } = view.state;
  const { browser } = view;
  return html`<header class="details-bar">
    ${
      trail.length < 2
        ? nothing
        : drawIconButton({
            icon: 'arrow-left',
            label: t('Back'),
            onClick: () => {
              browser.back();
            },
          })
    }
    ${drawHeading(view)}
    ${
      detail.phase === 'shown' && detail.view.detail.pattern.state === 'live'
        ? drawThumbs(view, {
            id: detail.view.detail.pattern.id,
            thumbs: detail.view.detail.row.thumbs,
            tabindex: 0,
          })
        : nothing
    }
    ${drawIconButton({
      icon: 'close',
      label: t('Close details'),
      key: t('Escape'),
      onClick: () => {
        browser.closeDetails();
      },
    })}
  </header>`;
}

/** The same element from loading to shown, because the focus may be on it. */
function drawHeading({ state }: View): TemplateResult {
  const { detail, trail, list } = state;
  const place = placeOf(list, trail.at(-1) ?? '');
  const known =
    detail.phase === 'shown'
      ? detail.view.detail.pattern
      : place === undefined
        ? undefined
        : list.rows.get(place);
  return html`<h2 id="pattern-name" tabindex="-1">
    ${
      known === undefined
        ? t('Details')
        : html`<span class="kind kind-${known.kind}" title=${nameKind(known.kind)}>
              ${drawIcon(KIND_ICONS[known.kind])} </span
            ><span class="heading-text">${drawBreakable(known.qualifiedName)}</span>`
    }
  </h2>`;
}

function drawPhase(view: View, detail: DetailState): TemplateResult {
  const { browser } = view;
  switch (detail.phase) {
    case 'loading':
      return html`<div class="detail" role="status">
        <span class="sr-only">${t('Loading')}</span>
        <div aria-hidden="true">
          <span class="bone wide"></span><span class="bone short"></span><span class="bone"></span>
        </div>
      </div>`;
    case 'gone':
      return drawMessage({
        icon: 'circle-slash',
        title: t('This pattern is gone'),
        text: t('It was forgotten, or its code is no longer there.'),
        steps: [
          {
            label: t('Back'),
            onClick: () => {
              browser.back();
            },
          },
        ],
      });
    case 'failed':
      return drawFailure(view, detail.failure);
    case 'shown':
      return drawShown(view, detail.view, detail.editing);
  }
}

function drawShown(
  view: View,
  shown: DetailView,
  editing: 'description' | 'tags' | undefined,
): TemplateResult {
  const { pattern } = shown.detail;
  return html`<article class="detail">
    ${drawDescription(view, pattern, editing === 'description')}
    <div class="detail-facts">${drawFacts(view, shown)}</div>
    <div class="detail-actions">${drawActions(view, pattern)}</div>
    ${drawTags(view, pattern, editing === 'tags')} ${drawHoles(view, pattern)}
    ${drawOrigin(view, shown)} ${drawSiblings(view, shown.detail)}
    ${drawChanges(view, shown.detail)} ${drawDeviations(view, shown.detail)}
    ${drawTests(view, shown.detail)} ${drawVariants(view, shown.detail)}
    ${drawRatings(view, shown.detail)} ${drawWhy(view, pattern)}
  </article>`;
}

function drawFacts({ format }: View, { detail }: DetailView): readonly TemplateResult[] {
  const { pattern, row } = detail;
  const facts = [
    nameKind(pattern.kind),
    pattern.language === null ? undefined : nameLanguage(pattern.language),
    pattern.framework ?? undefined,
    formatLines(pattern.lines, format),
    ...(isChange(pattern)
      ? describeChange(pattern, formatShare(pattern.confidence, format))
      : [t('complexity {0}', formatCount(pattern.complexity, format))]),
    row.history.tests === 0 ? undefined : formatTests(row.history.tests, format),
    row.history.gone ? t('No longer in the code') : undefined,
  ];
  return facts.flatMap((fact) => (fact === undefined ? [] : [html`<span>${fact}</span>`]));
}

function describeChange(
  { kind, reverted, testsChanged, issues }: Extract<Pattern, { readonly before: string }>,
  share: string,
): readonly string[] {
  return [
    kind === 'fix'
      ? t('{0} sure that it is a fix', share)
      : t('{0} sure that it is a feature', share),
    ...(reverted ? [t('reverted by a later commit')] : []),
    ...(testsChanged ? [t('tests changed too')] : []),
    ...issues,
  ];
}
