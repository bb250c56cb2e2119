/** Of each order so many are mixed: what stands further back has no say on the first pages. */
const MOST = 200;
/** How little the first places outweigh the next; source: Cormack et al. 2009, reciprocal rank fusion. */
const DAMPING = 60;

/**
 * Cosines from which on a pattern has to do with a text: those that share a telling word with it, and
 * those that share none. Nonsense comes as near as 0.2 to 0.37 to the nearest of thousands of patterns, and
 * what answers a plain question comes nearer than 0.3 to it in three cases of four.
 */
const NEAR = { withWord: 0.1, withoutWord: 0.35 };

/**
 * Tables in front of a query, the last of which, `mixed`, holds what is nearest to a text by words and
 * by meaning, with a `score` that is greatest where both agree. All vectors are compared: an index of
 * near ones answers sooner, but leaves out what a filter would have let through.
 *
 * @param where what all must meet; `text` and `vector` are numbers of values
 */
export function mixedTables(
  where: string,
  { text, vector }: { readonly text: number; readonly vector: number },
): string {
  const query = `words_query($${text}::text)`;
  // Any of the words, but for those that every sentence has.
  const anyWord = `replace(plainto_tsquery('english', split_words($${text}::text))::text, '&', '|')::tsquery`;
  return `by_meaning AS (
      SELECT id, row_number() OVER (ORDER BY distance, id) AS place FROM (
        SELECT id, words, embedding <=> $${vector}::text::vector AS distance
        FROM patterns JOIN pattern_vectors ON pattern_id = id
        WHERE ${where} AND embedding IS NOT NULL ORDER BY distance, id LIMIT ${MOST}) AS nearest
      WHERE distance <= ${1 - NEAR.withoutWord}
        OR distance <= ${1 - NEAR.withWord} AND words @@ ${anyWord}),
    by_words AS (
      SELECT id, row_number() OVER (ORDER BY rank DESC, id) AS place FROM (
        SELECT id, ts_rank(words, ${query}) AS rank FROM patterns
        WHERE ${where} AND words @@ ${query} ORDER BY rank DESC, id LIMIT ${MOST}) AS best),
    mixed AS (
      SELECT id, sum(1.0 / (${DAMPING} + place))::float8 AS score
      FROM (SELECT * FROM by_meaning UNION ALL SELECT * FROM by_words) AS either GROUP BY id)`;
}
