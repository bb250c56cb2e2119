/**
 * Whether an object of a JSON text names a key twice: `JSON.parse` keeps the last of them and says
 * nothing.
 *
 * @param json a text that `JSON.parse` reads as an object
 * @returns the first key that is there twice
 */
export function findDuplicateKey(json: string): string | undefined {
  const keys: Set<string>[] = [];
  let mayBeKey = false;
  for (let at = 0; at < json.length; at++) {
    switch (json[at]) {
      case '{':
        keys.push(new Set());
        mayBeKey = true;
        break;
      case '[':
        keys.push(new Set());
        mayBeKey = false;
        break;
      case '}':
      case ']':
        keys.pop();
        mayBeKey = false;
        break;
      case ',':
        mayBeKey = true;
        break;
      case ':':
        mayBeKey = false;
        break;
      case '"': {
        const end = endOfString(json, at);
        if (mayBeKey && isFollowedByColon(json, end)) {
          const key = JSON.parse(json.slice(at, end)) as string;
          if (keys.at(-1)?.has(key) === true) return key;
          keys.at(-1)?.add(key);
        }
        at = end - 1;
        break;
      }
    }
  }
  return undefined;
}

/** The index after the closing quote. */
function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}

function isFollowedByColon(json: string, from: number): boolean {
  let at = from;
  while (at < json.length && ' \t\n\r'.includes(json[at] ?? '')) at++;
  return json[at] === ':';
}
