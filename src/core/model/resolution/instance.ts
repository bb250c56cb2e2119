import { createHash } from 'node:crypto';

/**
 * Names an instance in what is recorded of it. Two of one name are the same issue: what was done for
 * the one is not done again for the other.
 */
export type InstanceId = string;

/** One issue of one repository: what every stage of resolving it starts from. */
export interface Instance {
  /** Of a benchmark its own, such as `sympy__sympy-13480`; otherwise made of the text and the code. */
  readonly id: InstanceId;
  /** What people wrote of it, or what a failing test printed; its first line is its title. */
  readonly text: string;
  /** A folder of the repository; what lies outside of it is not looked at. */
  readonly folder: string;
  /**
   * A commit as git spells it, which need not be checked out; the files as they lie on the disk when
   * absent, or the newest commit of a bare repository.
   */
  readonly revision?: string;
}

/** An issue as a person gives it, without a name. */
export type NamelessInstance = Omit<Instance, 'id'>;

/** The same issue of the same code has the same name whenever it is asked about. */
export function named(issue: NamelessInstance): Instance {
  const { text, folder, revision } = issue;
  const hash = createHash('sha256').update(JSON.stringify([text, folder, revision ?? null]));
  return { ...issue, id: `issue-${hash.digest('hex').slice(0, 16)}` };
}
