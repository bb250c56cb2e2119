import { t } from '@vscode/l10n';
import type { FacetValue, FindOrder, ReuseGroup } from '../../src/core/model/api/find.ts';
import type { Facet } from '../../src/core/model/filter.ts';
import type { SourceState } from '../../src/core/model/api/patterns.ts';
import { nameLanguage } from '../../src/core/model/sourceFile/languageName.ts';
import type { PatternKind, PatternSource } from '../../src/core/model/pattern.ts';
import { KIND_ICONS } from '../../src/protocol/kindIcons.ts';

export function nameKind(kind: PatternKind): string {
  const names: Readonly<Record<PatternKind, string>> = {
    function: t('Function'),
    class: t('Class'),
    test: t('Test'),
    fix: t('Fix'),
    feature: t('Feature'),
    idiom: t('Idiom'),
    strategy: t('Strategy'),
    error: t('Error'),
  };
  return names[kind];
}

export function nameSource(source: PatternSource): string {
  const names: Readonly<Record<PatternSource, string>> = {
    code: t('Code'),
    history: t('Git history'),
    session: t('Sessions'),
    added: t('Added by hand'),
    imported: t('Imported'),
  };
  return names[source];
}

export function nameReuseGroup(group: ReuseGroup): string {
  const names: Readonly<Record<ReuseGroup, string>> = {
    own: t('Yours'),
    idioms: t('Idioms of this project'),
    helpers: t('Used in several files'),
    recurring: t('Written several times'),
    packs: t('From packs'),
    tests: t('Tests'),
    others: t('Functions and classes'),
  };
  return names[group];
}

export function nameFacet(facet: Facet): string {
  const names: Readonly<Record<Facet, string>> = {
    kind: t('Kind'),
    language: t('Language'),
    framework: t('Framework'),
    tag: t('Tag'),
    project: t('Project'),
    source: t('Source'),
    rated: t('Your rating'),
  };
  return names[facet];
}

export function nameFacetValue(facet: Facet, { value, title }: Omit<FacetValue, 'count'>): string {
  if (title !== undefined) return title;
  if (facet === 'kind' && value in KIND_ICONS) return nameKind(value as PatternKind);
  if (facet === 'rated') return value === 'up' ? t('Thumbs up') : t('Thumbs down');
  if (facet === 'source') return nameSource(value as PatternSource);
  return facet === 'language' ? nameLanguage(value) : value;
}

export function nameOrder(order: FindOrder): string {
  const names: Readonly<Record<FindOrder, string>> = {
    value: t('Most valuable'),
    relevance: t('Most relevant'),
    support: t('Most frequent'),
    success: t('Most successful'),
    newest: t('Newest'),
  };
  return names[order];
}

/** What became of the code a pattern was read from, and the codicon that says so. */
export function describeSourceState(state: SourceState): {
  readonly text: string;
  readonly icon: string;
} {
  const descriptions: Readonly<Record<SourceState, { text: string; icon: string }>> = {
    unchanged: { text: t('Unchanged'), icon: 'check' },
    moved: { text: t('Moved'), icon: 'arrow-swap' },
    changed: { text: t('Changed since'), icon: 'edit' },
    gone: { text: t('Gone'), icon: 'circle-slash' },
  };
  return descriptions[state];
}

/** One named part of a pattern's value. */
export function nameSignal(signal: string): string {
  const names: Readonly<Record<string, string>> = {
    recurrence: t('Recurs in the code'),
    tested: t('Covered by tests'),
    mentioned: t('Used in other files'),
    stable: t('Stable'),
    documented: t('Documented'),
    size: t('Handy size'),
    success: t('Success'),
    kind: t('Kind of pattern'),
    complexity: t('Has branching logic'),
    current: t('Not deprecated'),
    confidence: t('Clear change'),
  };
  return names[signal] ?? signal;
}
