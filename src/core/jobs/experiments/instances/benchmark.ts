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
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity });
  let at = 0;
  for await (const line of lines) {
    at += 1;
    if (line.trim() === '') continue;
    const instance = await readInstance(at === 1 ? line.replace(/^\uFEFF/, '') : line, around);
    yield instance ?? { unusable: localized`line ${at} of ${file} holds no issue` };
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
  const revision = issue.revision ?? (await headOf(folder));
  const id = textIn(fields, 'instance_id') ?? '';
  const instance = named({ text: issue.text, folder, revision });
  return {
    instance: { ...instance, revision, ...(NAME.test(id) && { id }) },
    gold: goldOf(fields),
  };
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
  const tests = textIn(fields, 'test_patch');
  return {
    patch,
    tests:
      tests === undefined
        ? undefined
        : {
            patch: tests,
            failToPass: namesIn(fields.get('FAIL_TO_PASS')),
            passToPass: namesIn(fields.get('PASS_TO_PASS')),
          },
  };
}

/** A list of names, or one written as JSON, as SWE-bench hands it out. */
function namesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.filter((name) => typeof name === 'string');
  if (typeof value !== 'string' || !value.trimStart().startsWith('[')) return [];
  try {
    return namesIn(JSON.parse(value));
  } catch {
    return [];
  }
}
