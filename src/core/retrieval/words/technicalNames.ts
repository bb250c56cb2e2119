/** A run of letters and digits with what holds technical names together: `HTTP/2`, `AES-256`. */
const RUN = /[\p{L}\p{N}]+(?:[/+.#-][\p{L}\p{N}]+)*/gu;
/** Letters beside digits, or several capitals in a row. */
const TECHNICAL = /\p{L}[/+.#-]?\p{N}|\p{N}[/+.#-]?\p{L}|\p{Lu}{2}/u;
/** `3rd`, `5s`, `3x`, `10MB`, `top10`: how many, or which of them. */
const AMOUNT =
  /^(?:top-?\d+|\d+(?:[.-]\d+)?-?(?:st|nd|rd|th|x|k|s|m|h|d|[nmu]s|secs?|seconds?|mins?|minutes?|hours?|days?|weeks?|months?|years?|times?|[kmgt]?i?b|bytes?|bits?|px|r?em|pt|m?hz|[kcm]m|kg))$/i;
/** `parseJSON` is a name of code, which may be known by its parts. */
const IDENTIFIER = /^\p{Ll}{3,}\p{Lu}/u;
/** Longer texts are code or reports, whose names are not what is asked for. */
const MAX_QUESTION = 200;
const MAX_NAMES = 4;

/**
 * The technical names in a question of several words, such as `OAuth2` of `OAuth2 token refresh`: no
 * other word stands for them, so that what has none of them answers something else.
 */
export function technicalNames(text: string): readonly string[] {
  const isQuestion =
    text.length <= MAX_QUESTION && /\S\s+\S/.test(text) && !text.trim().includes('\n');
  if (!isQuestion || text === text.toUpperCase()) return [];
  return (text.match(RUN) ?? [])
    .filter((run) => TECHNICAL.test(run) && !IDENTIFIER.test(run) && !AMOUNT.test(run))
    .slice(0, MAX_NAMES);
}

/** A text without these of its technical names; `IO` within another name stays. */
export function withoutNames(text: string, names: ReadonlySet<string>): string {
  return names.size === 0 ? text : text.replaceAll(RUN, (run) => (names.has(run) ? ' ' : run));
}

const MAKING =
  /^\s*(?:please\s+)?(?:add|support|implement|introduce|enable|allow|provide|create|make|write|build)\b/i;

/** What a task wants made need not be there: code that is like it helps. */
export function asksToMake(text: string): boolean {
  return MAKING.test(text);
}

/** As it stands inside of another name. */
function capitalized(piece: string): string {
  return piece.charAt(0).toUpperCase() + piece.slice(1);
}

/** `HTTP2`, whose words code that has both as one is found by. */
export function withoutMarks(name: string): string {
  return name.replaceAll(/[/+.#-](?=\p{N})/gu, '');
}

/** Where a name is put together; a number belongs to what is before it. */
const JOINT = /[/+.#-](?!\p{N}+(?![\p{L}\p{N}]))/u;
const PIECE = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}]+|\p{N}+/gu;

/**
 * Tells whether a text writes a technical name, in whatever way: `HTTP/2` as `http2` or `HTTP_2`, and
 * `AES-GCM` in two places. The letters of `auth` behind those of another word are no `OAuth`.
 */
export function createNameCheck(name: string): (text: string) => boolean {
  const checks = name.split(JOINT).map((unit): ((text: string) => boolean) => {
    const pieces = unit.match(PIECE) ?? [];
    const loose = new RegExp(String.raw`(?<!\p{L})${pieces.join(String.raw`[\W_]?`)}`, 'iu');
    const inside = pieces.map((piece) => capitalized(piece)).join('');
    const soft = pieces.map((piece) => capitalized(piece.toLowerCase())).join('');
    return (text) => loose.test(text) || text.includes(inside) || text.includes(soft);
  });
  return (text) => checks.every((check) => check(text));
}
