import type { RecordedText } from '../../model/event.ts';

/** Characters that tell what stands before a declaration. */
const BEGINNING_CHARACTERS = 200;

/** Decorators and annotations that leave to others to call what is below them. */
const LEAVING =
  /^@(?:[\w.]*\.)?(?:\w*cache\w*|contextmanager|asynccontextmanager|staticmethod|classmethod|abstractmethod|overload|final|override|deprecated\w*|wraps|no_type_check|singledispatch|total_ordering|dataclass|Nullable|NonNull|NotNull|SuppressWarnings|SafeVarargs|VisibleForTesting|Deprecated|Throws|Jvm\w+|Composable|Contract|CheckForNull|CheckReturnValue|Since|API|Beta|Internal\w*|Pure|OptIn|Suppress|Experimental\w*)\b/i;

/** Whether something above it takes it to call it, as routers, validators and commands do. */
export function isRegistered({ kind, code }: Pick<RecordedText, 'kind' | 'code'>): boolean {
  if (kind !== 'function') return false;
  return code
    .slice(0, BEGINNING_CHARACTERS)
    .split('\n')
    .some((line) => /^@(?!interface\b)[\w.]+/.test(line) && !LEAVING.test(line));
}
