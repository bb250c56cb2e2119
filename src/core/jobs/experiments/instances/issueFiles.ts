import { createHash } from 'node:crypto';
import { extname, join } from 'node:path';
import { localized } from '../../../model/localizedText.ts';
import type { GradedInstance, UnusableInstance } from '../../../model/resolution/instanceSet.ts';
import { readIssueDocument } from '../../../model/resolution/issueDocument.ts';
import { listFolder, readIfPossible } from '../../../platform/disk.ts';
import { decodeText } from '../../../platform/text/decode.ts';
import { requireFolder } from '../../../sources/requireFolder.ts';
import { headOf } from './headOf.ts';

const EXTENSIONS: ReadonlySet<string> = new Set(['.md', '.txt', '.json']);

/**
 * Each file of a folder as an issue of the newest commit of a repository, by the order of their names.
 *
 * @throws AppError as `headOf`
 */
export async function* issueInstances(
  folder: string,
  repository: string,
): AsyncGenerator<GradedInstance | UnusableInstance, void, undefined> {
  requireFolder(folder);
  const head = await headOf(repository);
  const names = listFolder(folder).filter((name) => EXTENSIONS.has(extname(name).toLowerCase()));
  for (const name of [...names].sort()) {
    const bytes = readIfPossible(join(folder, name));
    const decoded = bytes === undefined ? undefined : await decodeText(bytes);
    const text = decoded !== undefined && 'text' in decoded ? decoded.text : undefined;
    const document = text === undefined ? undefined : readIssueDocument(text);
    const said = typeof document === 'object' ? document.text : text;
    if (document === 'no-issue' || said === undefined || said.trim() === '') {
      yield { unusable: localized`${name} holds no issue` };
      continue;
    }
    const revision = (typeof document === 'object' ? document.revision : undefined) ?? head;
    const id = nameOf(name, said, revision);
    yield { instance: { id, text: said, folder: repository, revision }, gold: undefined };
  }
}

/** A file that says something else, or of other code, is another instance. */
function nameOf(file: string, text: string, revision: string): string {
  const stem = file.slice(0, -extname(file).length).replace(/[^\w.-]+/g, '-');
  const hash = createHash('sha256')
    .update(JSON.stringify([text, revision]))
    .digest('hex');
  return `${stem.slice(0, 60)}-${hash.slice(0, 8)}`;
}
