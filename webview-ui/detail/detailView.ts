import { t } from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Pattern } from '../../src/core/model/pattern.ts';
import type { DetailView } from '../../src/protocol/browser.ts';
import type { DetailState } from '../browserState.ts';
import { placeOf } from '../list/listState.ts';
import { drawFailure, drawMessage } from '../list/stateView.ts';
import { drawForgotten, drawNotices } from '../noticesView.ts';
import { drawIcon, drawIconButton } from '../parts.ts';
import { formatCount, formatLines, formatShare } from '../text/format.ts';
import { nameLanguage } from '../../src/core/model/sourceFile/languageName.ts';
import { KIND_ICONS } from '../../src/protocol/kindIcons.ts';
import { nameKind } from '../text/labels.ts';
import { drawThumbs } from '../thumbs.ts';
import type { View } from '../view.ts';
import { drawActions } from './actionsView.ts';
import { isChange } from './change.ts';
import { drawChangeSize, drawCode } from './codeView.ts';
import { drawOrigin } from './originView.ts';
import { drawRatings } from './ratingsView.ts';
import { drawDescription, drawTags } from './textsView.ts';
import { drawChanges, drawVariants } from './relatedView.ts';
import { drawWhy } from './worthView.ts';

/** The page of one pattern. */
export function drawDetail(view: View): TemplateResult {
  const { detail } = view.state;
  return html`<main class="detail-page" aria-busy=${detail.phase === 'loading'}>
    ${drawBar(view)}
    <div class="detail-scroll">
      ${drawNotices(view)} ${drawHeading(view)} ${drawPhase(view, detail)}
    </div>
    ${drawForgotten(view)}
  </main>`;
}

/** The same element from loading to shown, because the focus is on it. */
function drawHeading({ state }: View): TemplateResult {
  const { detail, trail, list } = state;
  const id = trail.at(-1) ?? '';
  const place = placeOf(list, id);
  const pattern =
    detail.phase === 'shown'
      ? detail.view.detail.pattern
      : place === undefined
        ? undefined
        : list.rows.get(place);
  return html`<h1 id="pattern-name" tabindex="-1" class=${pattern === undefined ? 'sr-only' : ''}>
    ${
      pattern === undefined
        ? t('Pattern')
        : html`<span class="kind kind-${pattern.kind}" title=${nameKind(pattern.kind)}>
              ${drawIcon(KIND_ICONS[pattern.kind])}
            </span>
            <span class="detail-name">${pattern.qualifiedName}</span>`
    }
  </h1>`;
}

function drawBar(view: View): TemplateResult {
  const { state, browser, format } = view;
  const { list, trail, detail } = state;
  const total = list.page?.total ?? 0;
  const inList = trail.length === 1 && list.rows.get(list.active)?.id === trail[0];
  const step = (rows: number, icon: string, label: string, key: string): TemplateResult =>
    drawIconButton({
      icon,
      label,
      key,
      onClick: () => {
        browser.step(rows);
      },
    });
  return html`<header class="detail-bar">
    ${drawIconButton({
      icon: 'arrow-left',
      label: t('Back'),
      key: t('Escape'),
      onClick: () => {
        browser.back();
      },
    })}
    <span class="detail-place">
      ${
        inList
          ? t('{0} of {1}', formatCount(list.active + 1, format), formatCount(total, format))
          : nothing
      }
    </span>
    ${
      detail.phase === 'shown' && detail.view.detail.pattern.state === 'live'
        ? drawThumbs(view, {
            id: detail.view.detail.pattern.id,
            thumbs: detail.view.detail.row.thumbs,
            tabindex: 0,
          })
        : nothing
    }
    ${
      inList
        ? html`${step(-1, 'arrow-up', t('Previous pattern'), 'P')}
          ${step(1, 'arrow-down', t('Next pattern'), 'N')}`
        : nothing
    }
  </header>`;
}

function drawPhase(view: View, detail: DetailState): TemplateResult {
  const { browser } = view;
  switch (detail.phase) {
    case 'loading':
      return html`<div class="detail" role="status">
        <span class="sr-only">${t('Loading')}</span>
        <div class="row-main" aria-hidden="true">
          <span class="bone wide"></span><span class="bone short"></span><span class="bone"></span>
          <span class="bone block"></span>
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
    <div class="detail-facts">${drawFacts(view, pattern)}</div>
    <div class="detail-actions">${drawActions(view, pattern)}</div>
    ${drawDescription(view, pattern, editing === 'description')} ${drawCode(view, pattern)}
    ${drawTags(view, pattern, editing === 'tags')} ${drawOrigin(view, shown)}
    ${drawChanges(view, shown.detail)} ${drawWhy(view, pattern)} ${drawRatings(view, shown.detail)}
    ${drawVariants(view, shown.detail)}
  </article>`;
}

function drawFacts(view: View, pattern: Pattern): readonly TemplateResult[] {
  const { format } = view;
  const facts = [
    nameKind(pattern.kind),
    pattern.language === null ? undefined : nameLanguage(pattern.language),
    pattern.framework ?? undefined,
    formatLines(pattern.lines, format),
  ].flatMap((fact) => (fact === undefined ? [] : [html`<span>${fact}</span>`]));
  if (!isChange(pattern)) {
    const complexity = formatCount(pattern.complexity, format);
    return [...facts, html`<span>${t('complexity {0}', complexity)}</span>`];
  }
  const confidence = formatShare(pattern.confidence, format);
  return [
    ...facts,
    drawChangeSize(view, pattern),
    html`<span>${t('{0} confidence', confidence)}</span>`,
    ...(pattern.reverted ? [html`<span>${t('reverted by a later commit')}</span>`] : []),
    ...(pattern.testsChanged ? [html`<span>${t('tests changed too')}</span>`] : []),
    ...pattern.issues.map((issue) => html`<span>${issue}</span>`),
  ];
}
