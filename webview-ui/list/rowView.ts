import { t } from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { cache } from 'lit/directives/cache.js';
import { classMap } from 'lit/directives/class-map.js';
import type { Found } from '../../src/core/model/api/find.ts';
import { nameLanguage } from '../../src/core/model/sourceFile/languageName.ts';
import { KIND_ICONS } from '../../src/protocol/kindIcons.ts';
import { drawName, drawPath, drawSentence } from '../cutText.ts';
import { drawIcon, drawIconButton } from '../parts.ts';
import { PATTERN_KEYS } from '../patternKeys.ts';
import {
  formatAge,
  formatChanges,
  formatCount,
  formatPlaces,
  formatTests,
} from '../text/format.ts';
import type { Format } from '../text/format.ts';
import { nameKind } from '../text/labels.ts';
import { drawThumbs } from '../thumbs.ts';
import type { View } from '../view.ts';
import { namesProjects } from './listState.ts';
import { topOf } from './layout.ts';
import type { Layout } from './layout.ts';

/** One row of the list, in its place; without a pattern while it is on its way. */
export function drawRow(view: View, index: number, layout: Layout): TemplateResult {
  const { list, trail } = view.state;
  const row = list.rows.get(index);
  const active = index === list.active;
  // Set from script: the policy of the page allows no style attributes.
  const style = `transform: translateY(${topOf(layout, index)}px)`;
  return html`<div
    id=${idOfRow(index)}
    role="row"
    class=${classMap({ row: true, absent: row === undefined, gone: isGoneCode(row) })}
    .style=${style}
    data-index=${index}
    tabindex=${active ? 0 : -1}
    aria-rowindex=${index + 1}
    aria-selected=${row !== undefined && row.id === trail[0]}
    aria-label=${row === undefined ? t('Loading') : describeRow(row, view.format)}
  >
    ${cache(row === undefined ? drawAbsent() : drawPresent(view, row))}
  </div>`;
}

/** What went wrong stays a lesson when its code is gone. */
function isGoneCode(row: Found | undefined): boolean {
  return row?.history.gone === true && row.lesson === undefined;
}

/** Ids by which the list says the order of its rows. */
export function idOfRow(index: number): string {
  return `row-${index}`;
}

function drawAbsent(): TemplateResult {
  return html`<div role="gridcell" class="row-what" aria-hidden="true">
      <span class="bone wide"></span>
    </div>
    <div role="gridcell" class="row-where" aria-hidden="true"><span class="bone"></span></div>`;
}

function drawPresent(view: View, row: Found): TemplateResult {
  return html`<div role="gridcell" class="row-what">
      <span class="kind kind-${row.kind}" title=${nameKind(row.kind)}>
        ${drawIcon(KIND_ICONS[row.kind])}
      </span>
      ${drawWhat(row)}
    </div>
    <div role="gridcell" class=${row.lesson === undefined ? 'row-where' : 'row-where of-lesson'}>
      ${drawWhere(view, row)}${drawFacts(view, row)}
    </div>
    <div role="gridcell" class="row-actions">${drawActions(view, row)}</div>`;
}

/** What it is: what was wrong, or the name and what is said of it. */
function drawWhat({ lesson, qualifiedName, description }: Found): TemplateResult {
  if (lesson !== undefined) return html`<span class="row-name">${drawSentence(lesson)}</span>`;
  return html`<span class="row-name">${drawName(qualifiedName)}</span>${
      description === '' || isSaying(qualifiedName, description)
        ? nothing
        : html`<span class="row-description" title=${description}
            ><span>${description}</span></span
          >`
    }`;
}

/** Whether a name says all that a description does: `parseDate` and `Parse date.` */
function isSaying(name: string, description: string): boolean {
  const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return letters(name).endsWith(letters(description));
}

/** Where it stands, or who it is from. */
function drawWhere(view: View, row: Found): TemplateResult {
  const projects = namesProjects(view.state.list) ? row.projects : [];
  return html`<span class="row-place">
    ${
      row.lesson === undefined
        ? nothing
        : html`<span class="row-symbol">${drawName(row.qualifiedName)}</span>`
    }
    ${drawSource(row)}
    ${
      projects.length === 0
        ? nothing
        : html`<span class="row-project" title=${projects.join(', ')}
            >${nameProjects(projects)}</span
          >`
    }
  </span>`;
}

function drawSource({ path, pack, source, kind, support, language }: Found): TemplateResult {
  if (source === 'added') return html`<span class="row-from">${t('Saved by you')}</span>`;
  if (pack !== null) return html`<span class="row-from">${t('From {0}', pack)}</span>`;
  // An idiom is of many files.
  if (kind === 'idiom' && support > 1 && language !== null) {
    return html`<span class="row-from">${nameLanguage(language)}</span>`;
  }
  return path === null ? html`` : html`<span class="row-path">${drawPath(path)}</span>`;
}

function drawFacts({ format }: View, row: Found): TemplateResult {
  const { thumbs, history, support, siblings, date, lesson } = row;
  return html`<span class="row-facts">
    ${
      history.gone
        ? html`<span class="row-gone" title=${t('No longer in the code')}>${t('gone')}</span>`
        : nothing
    }
    ${siblings === undefined ? nothing : drawFact('git-commit', siblings + 1, format, describeSiblings(siblings, format))}
    ${history.changes === 0 ? nothing : drawFact('history', history.changes, format, formatChanges(history, format))}
    ${
      support === 1
        ? nothing
        : html`<span class="row-support" title=${formatPlaces(support, format)}
            >×${formatCount(support, format)}</span
          >`
    }
    ${thumbs.up === 0 ? nothing : drawFact('thumbsup', thumbs.up, format, t('Thumbs up'))}
    ${thumbs.down === 0 ? nothing : drawFact('thumbsdown', thumbs.down, format, t('Thumbs down'))}
    ${
      lesson === undefined || date === null
        ? nothing
        : html`<span class="row-age">${formatAge(date, format)}</span>`
    }
  </span>`;
}

function drawFact(icon: string, count: number, format: Format, title: string): TemplateResult {
  return html`<span class="row-fact" title=${title}
    >${drawIcon(icon)}${formatCount(count, format)}</span
  >`;
}

function drawActions(view: View, row: Found): TemplateResult {
  const { browser } = view;
  const details = drawIconButton({
    icon: 'info',
    label: t('Details'),
    key: PATTERN_KEYS.details.label(),
    onClick: () => {
      browser.details(row.id);
    },
    tabindex: -1,
  });
  if (view.state.list.look.state === 'live') {
    const insert = drawIconButton({
      icon: 'insert',
      label: t('Insert at the cursor'),
      key: PATTERN_KEYS.insert.label(),
      onClick: () => {
        browser.act({ action: 'insert', id: row.id, asSnippet: false });
      },
      tabindex: -1,
    });
    // A lesson is read first; what can be inserted of it is seen in the diff and in its details.
    return html`${row.lesson === undefined ? insert : nothing}${drawThumbs(view, {
      id: row.id,
      thumbs: row.thumbs,
      tabindex: -1,
    })}${details}`;
  }
  return html`${drawIconButton({
    icon: 'check',
    label: t('Accept'),
    onClick: () => {
      browser.accept({ id: row.id });
    },
    tabindex: -1,
  })}${drawIconButton({
    icon: 'trash',
    label: t('Discard'),
    onClick: () => {
      browser.forget(row);
    },
    tabindex: -1,
  })}${details}`;
}

/** The first one, and how many others. */
function nameProjects([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : t('{0} and {1} more', first, String(others.length));
}

function describeSiblings(siblings: number, format: Format): string {
  return siblings === 1
    ? t('1 other change in the same commit')
    : t('{0} other changes in the same commit', formatCount(siblings, format));
}

/** All a row shows, in one sentence for those who hear it. */
function describeRow(row: Found, format: Format): string {
  const { kind, lesson, qualifiedName, language, description, path, projects, source } = row;
  const what =
    lesson === undefined
      ? [`${nameKind(kind)} ${qualifiedName}`]
      : [`${nameKind(kind)} ${lesson}`, qualifiedName];
  return [
    ...what,
    language === null ? '' : nameLanguage(language),
    lesson === undefined ? description : '',
    path ?? '',
    projects.join(', '),
    source === 'added' ? t('Saved by you') : '',
    ...describeFacts(row, format),
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function describeFacts(
  { history, thumbs, support, siblings, date }: Found,
  format: Format,
): readonly string[] {
  return [
    formatPlaces(support, format),
    history.gone ? t('No longer in the code') : '',
    history.changes === 0 ? '' : formatChanges(history, format),
    history.tests === 0 ? '' : formatTests(history.tests, format),
    siblings === undefined ? '' : describeSiblings(siblings, format),
    thumbs.up === 0 ? '' : t('Thumbs up: {0}', formatCount(thumbs.up, format)),
    thumbs.down === 0 ? '' : t('Thumbs down: {0}', formatCount(thumbs.down, format)),
    date === null ? '' : t('changed {0}', formatAge(date, format)),
  ];
}
