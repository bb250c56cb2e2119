import type {
  GradedInstance,
  InstanceSource,
  UnusableInstance,
} from '../../../model/resolution/instanceSet.ts';
import type { StageWatch } from '../../../model/resolution/stages.ts';
import { benchmarkInstances } from './benchmark.ts';
import { fixInstances, type FixParts } from './fixes.ts';
import { issueInstances } from './issueFiles.ts';

/**
 * The instances of a set, one by one, in an order that does not change; nothing is read before it is
 * asked for. What cannot be used is told in its place, with what it is.
 *
 * @throws AppError `folder-not-found`, `git-failed`, `bad-argument` for a file that is not there and a
 *   repository that is none
 */
export function readInstances(
  source: InstanceSource,
  parts: FixParts,
  watch: StageWatch,
): AsyncIterable<GradedInstance | UnusableInstance> {
  switch (source.kind) {
    case 'instances':
      return benchmarkInstances(source.file, source.repository);
    case 'issues':
      return issueInstances(source.folder, source.repository);
    case 'fixes':
      return fixInstances(source.repository, parts, watch);
  }
}
