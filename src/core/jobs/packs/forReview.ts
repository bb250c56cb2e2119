import { isFields, type Fields } from '../../exchange/fields.ts';

/** Lines in which people sign, with their addresses. */
const SIGNED = /^(?:[A-Z][\w-]{1,40}-by|author|cc):.*\n?/gim;
const ADDRESS = / ?<[^<>\s@]{1,64}@[^<>\s@]{1,255}>/g;

/** Of a place: who changed it, and where in the file, which is another line soon. */
const OF_PEOPLE: readonly string[] = ['author', 'range'];
const OF_A_COMMIT: readonly string[] = ['commit', 'date'];

/**
 * What of a line of a pack is written into a file that is committed: whose change it was is nobody's
 * business there, and which lines and commits code lies in is another with the next commit. Of a change
 * the commit that made it stays.
 */
export function forReview(fields: Fields): Fields {
  const { message, occurrences } = fields;
  const isChange = typeof message === 'string';
  const places = Array.isArray(occurrences) ? occurrences.filter(isFields) : [];
  const left = isChange ? OF_PEOPLE : [...OF_PEOPLE, ...OF_A_COMMIT];
  const kept = places.map((place) =>
    Object.fromEntries(
      Object.entries(place).filter(([name, value]) => value !== null && !left.includes(name)),
    ),
  );
  const distinct = new Map(kept.map((place) => [JSON.stringify(place), place]));
  return {
    ...fields,
    ...(isChange && { message: message.replace(SIGNED, '').replace(ADDRESS, '').trim() }),
    occurrences: [...distinct.values()],
  };
}
