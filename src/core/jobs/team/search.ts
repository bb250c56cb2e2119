import type { TeamSearch } from '../../model/api/team.ts';
import type { TeamParts } from './alone.ts';
import { clientFor, stateOf } from './connect.ts';

/** What the server finds, with the ids of what is known here. @throws as `TeamApi.search` */
export async function searchTeam(
  parts: TeamParts,
  { text, limit }: { readonly text: string; readonly limit: number },
  key: string | undefined,
): Promise<TeamSearch> {
  const { known } = stateOf(parts.library);
  const { patterns, total, sort } = await clientFor(parts, key).search(text, limit);
  const here = new Map(Object.entries(known));
  return {
    found: patterns.map((one) => ({
      ...{ name: one.name, description: one.description, kind: one.kind, language: one.language },
      ...{ author: one.created_by, helpful: one.success_count, votes: one.feedback_count },
      ...{ code: one.code_after, pattern: here.get(one.id)?.pattern ?? null },
    })),
    total,
    by_meaning: sort === 'meaning',
  };
}
