import { createHash } from 'node:crypto';
import type { Cluster } from './cluster.ts';

const MOST_WORDS = 8;

/** A name out of the words that all lines share: `operational_error_no_such_table`. */
export function errorName({ words }: Cluster): string {
  const said = words
    .filter((word): word is string => word !== undefined)
    .flatMap(
      (word) => word.replaceAll(/<(?:text|path|n)>/g, ' ').match(/[A-Za-z][A-Za-z\d]*/g) ?? [],
    )
    .flatMap((word) => word.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z\d]+|[A-Z]/g) ?? [])
    .map((word) => word.toLowerCase());
  return said.slice(0, MOST_WORDS).join('_') || 'error';
}

/** Names that several errors would have get a mark out of the signature, which stays the same. */
export function distinctNames(
  named: readonly { readonly name: string; readonly signature: string }[],
): readonly string[] {
  return named.map(({ name, signature }) => {
    const isShared = named.filter((other) => other.name === name).length > 1;
    if (!isShared) return name;
    return `${name}_${createHash('sha256').update(signature).digest('hex').slice(0, 4)}`;
  });
}
