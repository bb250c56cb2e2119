import type { PatternId } from '../../src/core/model/pattern.ts';
import type { Requests } from '../requests.ts';
import { FIRST_LOOK, toListQuery } from './listState.ts';
import { MOST_ROWS_ASKED } from './rowWindow.ts';

/** Every pattern of one pack that waits in quarantine, whatever the list shows of it. */
export async function gatherPack(requests: Requests, pack: string): Promise<readonly PatternId[]> {
  const ids: PatternId[] = [];
  const look = { ...FIRST_LOOK, state: 'quarantined' } as const;
  for (let start = 0, total = Infinity; start < total; start += MOST_ROWS_ASKED) {
    const query = toListQuery(look, { start, end: start + MOST_ROWS_ASKED });
    const page = await requests.ask('list', query);
    total = page.total;
    ids.push(...page.rows.filter((row) => row.pack === pack).map((row) => row.id));
  }
  return ids;
}
