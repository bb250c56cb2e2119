const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/**
 * Finds a key that an object of a JSON text names twice: `JSON.parse` keeps the last of them and
 * says nothing.
 *
 * @param json a text that `JSON.parse` reads
 */
export function findDuplicateKey(json: string): string | undefined {
  const keys: Set<string>[] = [];
  let former = '';
  for (const [token] of json.matchAll(TOKEN)) {
    if (token === '{' || token === '[') keys.push(new Set());
    if (token === '}' || token === ']') keys.pop();
    // Only a key is followed by a colon.
    if (token === ':') {
      const key = JSON.parse(former) as string;
      if (keys.at(-1)?.has(key) === true) return key;
      keys.at(-1)?.add(key);
    }
    former = token;
  }
  return undefined;
}
