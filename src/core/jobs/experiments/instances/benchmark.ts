import { createReadStream, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { AppError } from '../../../model/errors.ts';
import { localized } from '../../../model/localizedText.ts';
import type { Gold } from '../../../model/resolution/gold.ts';
import { named } from '../../../model/resolution/instance.ts';
import type { GradedInstance, UnusableInstance } from '../../../model/resolution/instanceSet.ts';
import {
  issueOf,
  type JsonFields,
  readJsonObject,
  textIn,
} from '../../../model/resolution/issueDocument.ts';
import { errorCode } from '../../../platform/fileSystem.ts';
import { headOf } from './headOf.ts';

/** What ids are recorded as. */
const NAME = /^[\w./@+-]{1,200}$/;

/**
 * The instances of a file of JSON lines, in their order: as SWE-bench writes them, or as trackers do,
 * which are then of the newest commit.
 *
 * @param around the repository of them all, or a folder with clones
 * @throws AppError `bad-argument` for a file that is not there
 */
export async function* benchmarkInstances(
  file: string,
  around: string,
): AsyncGenerator<GradedInstance | UnusableInstance, void, undefined> {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new AppError('bad-argument', localized`there is no file ${file}`);
  }
  let at = 0;
  for await (const line of linesOf(file)) {
    at += 1;
    if (line.trim() === '') continue;
    const instance = await readInstance(at === 1 ? line.replace(/^\uFEFF/, '') : line, around);
    yield instance ?? { unusable: localized`line ${at} of ${file} holds no issue` };
  }
}

async function* linesOf(file: string): AsyncGenerator<string, void, undefined> {
  try {
    yield* createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity });
  } catch (error) {
    const why = errorCode(error);
    if (why === undefined) throw error;
    throw new AppError('bad-argument', localized`${file} cannot be read: ${why}`);
  }
}

/** @returns `undefined` for a line that holds no issue */
async function readInstance(
  line: string,
  around: string,
): Promise<GradedInstance | UnusableInstance | undefined> {
  const fields = readJsonObject(line);
  const issue = fields === undefined ? 'no-issue' : issueOf(fields);
  if (fields === undefined || issue === 'no-issue') return undefined;
  const folder = folderOf(issue.repository, around);
  if (folder === undefined) {
    return { unusable: localized`there is no clone of ${issue.repository ?? ''} in ${around}` };
  }
  const revision = issue.revision ?? (await headIfAny(folder));
  if (typeof revision === 'object') return revision;
  const id = textIn(fields, 'instance_id') ?? '';
  const instance = named({ text: issue.text, folder, revision });
  return {
    instance: { ...instance, revision, ...(NAME.test(id) && { id }) },
    gold: goldOf(fields),
  };
}

/** One clone that has no commit yet is no reason to leave out what the others hold. */
async function headIfAny(folder: string): Promise<string | UnusableInstance> {
  try {
    return await headOf(folder);
  } catch (error) {
    if (error instanceof AppError) return { unusable: error.localizedMessage };
    throw error;
  }
}

/** Where the clone of a repository is; what it is called in a file leads nowhere else. */
function folderOf(repository: string | undefined, around: string): string | undefined {
  const [owner, name, ...more] = repository?.split('/') ?? [];
  const isName = (part: string | undefined): boolean =>
    part !== undefined && /^[\w-][\w.-]*$/.test(part);
  const places =
    isName(owner) && isName(name) && more.length === 0
      ? [`${owner}+${name}/repo`, `${owner}+${name}`, `${owner}__${name}`, `${owner}/${name}`, name]
      : isName(owner) && name === undefined
        ? [owner]
        : [];
  return places
    .flatMap((place) => [join(around, place ?? ''), join(around, `${place ?? ''}.git`)])
    .concat(around)
    .find((folder) => existsSync(join(folder, '.git')) || existsSync(join(folder, 'HEAD')));
}

function goldOf(fields: JsonFields): Gold | undefined {
  const patch = textIn(fields, 'patch');
  if (patch === undefined) return undefined;
  return { patch, tests: textIn(fields, 'test_patch') };
}
