import type { Standing } from '../../core/model/team/wire.ts';
import type { Database, Statement } from '../database/database.ts';
import { Refusal } from '../problem.ts';
import type { Caller } from './keys.ts';
import { nothing } from './patterns.ts';

/**
 * Votes on one pattern wait for one another: each must see the former one of the same person to
 * count right. The counts themselves are the trigger's.
 */
const LOCKED =
  'locked AS (SELECT id FROM patterns WHERE id = $1 AND deleted_at IS NULL FOR UPDATE)';

const VOTE: Statement = {
  name: 'vote',
  text: `WITH ${LOCKED}
    INSERT INTO pattern_feedback (pattern_id, user_id, helpful) SELECT id, $2, $3 FROM locked
    ON CONFLICT (pattern_id, user_id) DO UPDATE SET helpful = excluded.helpful, created_at = now()
    WHERE pattern_feedback.helpful <> excluded.helpful
    RETURNING id`,
};

const TAKE_BACK: Statement = {
  name: 'take_back_vote',
  text: `WITH ${LOCKED}
    DELETE FROM pattern_feedback WHERE pattern_id IN (SELECT id FROM locked) AND user_id = $2
    RETURNING id`,
};

const TELL: Statement = {
  name: 'tell_outcomes',
  text: `WITH ${LOCKED}
    INSERT INTO pattern_outcomes (pattern_id, user_id, machine, good, total)
    SELECT id, $2, $3, $4, $5 FROM locked
    ON CONFLICT (pattern_id, user_id, machine) DO UPDATE SET good = excluded.good, total = excluded.total
    WHERE (pattern_outcomes.good, pattern_outcomes.total) <> (excluded.good, excluded.total)
    RETURNING pattern_id AS id`,
};

const NOTE: Statement = {
  name: 'note_feedback',
  text: `INSERT INTO audit_log (user_id, key_id, action, subject, detail)
    VALUES ($1, $2, 'feedback', $3, $4)`,
};

const STANDING: Statement = {
  name: 'standing',
  text: `SELECT id, success_count, feedback_count FROM patterns
    WHERE id = $1 AND deleted_at IS NULL`,
};

export interface Feedback {
  /** `null` takes the vote back; absent leaves it. */
  readonly helpful?: boolean | null;
  /**
   * All outcomes this person had with the pattern on the machine of the key so far; a later word from
   * there replaces them.
   */
  readonly outcomes?: { readonly good: number; readonly total: number };
}

/** One vote a person and pattern. @throws Refusal `not-found`, `bad-request` */
export async function giveFeedback(
  database: Database,
  id: string,
  { helpful, outcomes }: Feedback,
  { user, machine, keyId }: Caller,
): Promise<Standing> {
  if (outcomes && outcomes.good > outcomes.total) {
    throw new Refusal('bad-request', 'more outcomes are good than there are');
  }
  return database.transaction(async (run) => {
    const changed = [
      ...(helpful === undefined
        ? []
        : helpful === null
          ? await run(TAKE_BACK, [id, user])
          : await run(VOTE, [id, user, helpful])),
      ...(outcomes ? await run(TELL, [id, user, machine, outcomes.good, outcomes.total]) : []),
    ];
    const said = JSON.stringify({ helpful, outcomes });
    if (changed.length > 0) await run(NOTE, [user, keyId, id, said]);
    const [standing] = await run<Standing>(STANDING, [id]);
    return standing ?? nothing(id);
  });
}
