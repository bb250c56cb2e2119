import type { ListedRow } from '../../../model/ports/listing.ts';

/** Its own name, and that of what it stands in; empty where that is nothing. */
export function namesOf({ qualifiedName }: Pick<ListedRow, 'qualifiedName'>): {
  readonly name: string;
  readonly owner: string;
} {
  const [owner = '', name = ''] = qualifiedName.split('.').slice(-2);
  return name === '' ? { name: owner, owner: '' } : { name, owner };
}
