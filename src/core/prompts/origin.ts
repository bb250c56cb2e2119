import type { Pattern, Provenance } from '../model/pattern.ts';
import { quoteName } from './fence.ts';

/** Where a pattern is from, as names that nobody reads as words of a sentence. */
export function originOf({ name, provenance, pack }: Pattern): string {
  const parts = [name, ...placeOf(provenance), ...(pack === null ? [] : [pack])];
  return parts.map(quoteName).join(' · ');
}

function placeOf({ projectName, path, range, commit }: Provenance): readonly string[] {
  const line = range === null ? '' : `:${range.start.line + 1}`;
  return [
    ...(projectName === null ? [] : [projectName]),
    ...(path === null ? [] : [`${path}${line}`]),
    ...(commit === null ? [] : [commit.slice(0, 12)]),
  ];
}
