import type { LocalizedText } from '../localizedText.ts';
import type { Gold } from './gold.ts';
import type { Instance } from './instance.ts';

/**
 * Where instances come from.
 *
 * - `instances`: a file of JSON lines, an instance of SWE-bench each; `repository` is the repository of
 *   them all, or a folder with a clone of each, such as `owner+name`, `owner/name` or `name`
 * - `issues`: a folder of texts (`.md`, `.txt`) and JSON (`.json`), an issue of `repository` each
 * - `fixes`: commits of `repository` that fixed something; the message is the issue, the commit before
 *   it the code. A message often says more of the fix than an issue does, so that such figures are
 *   rather too good.
 */
export type InstanceSource =
  | { readonly kind: 'instances'; readonly file: string; readonly repository: string }
  | { readonly kind: 'issues'; readonly folder: string; readonly repository: string }
  | { readonly kind: 'fixes'; readonly repository: string };

/** One of a set; its revision is a commit, so that it stays what it is. */
export interface GradedInstance {
  readonly instance: Instance & { readonly revision: string };
  /** `undefined` where nobody knows what resolves it: then nothing is graded. */
  readonly gold: Gold | undefined;
}

/** What of a set cannot be used, and why. */
export interface UnusableInstance {
  readonly unusable: LocalizedText;
}
