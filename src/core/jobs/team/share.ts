import type { SharePreview, ShareTarget } from '../../model/api/team.ts';
import type { Pattern } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import type { SecretGate } from '../../model/ports/secretGate.ts';
import { parseRule } from '../../team/rules.ts';
import type { TeamState } from '../../team/state.ts';
import { inForce } from '../curate/curate.ts';
import { lineOf } from '../exchange/shared.ts';

/** What would be sent for each of them: the very lines. @throws AppError `pattern-not-found`, `bad-argument` */
export async function previewShare(
  library: Library,
  gate: SecretGate,
  { state, target }: { readonly state: TeamState; readonly target: ShareTarget },
): Promise<readonly SharePreview[]> {
  const chosen =
    'ids' in target
      ? target.ids.map((id) => inForce(library, id))
      : [...chosenByRules(library, state)];
  const previews: SharePreview[] = [];
  for (const pattern of chosen) {
    const { id, name } = pattern;
    previews.push({ pattern: id, name, line: await lineOf(pattern, gate) });
  }
  return previews;
}

/** Own patterns that a rule chooses and the team has not. */
export function* chosenByRules(library: Library, state: TeamState): Iterable<Pattern> {
  const passed = new Set([...Object.values(state.known).map(({ pattern }) => pattern)]);
  for (const id of state.refused) passed.add(id);
  for (const rule of state.share) {
    for (const pattern of library.patterns.each(parseRule(rule))) {
      if (passed.has(pattern.id)) continue;
      passed.add(pattern.id);
      yield pattern;
    }
  }
}
