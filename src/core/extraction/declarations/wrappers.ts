import type { Language } from '../../model/code.ts';

const ECMASCRIPT_WRAPPER =
  /(?:^|\.)(?:memo|forwardRef|observer|useCallback|useMemo|asyncHandler|catchAsync|wrapAsync|debounce|throttle|createSelector|defineEventHandler)(?:<[^()]*>)?$/;
const PLAIN_CALL = /^[\w$]{1,80}(?:<[^()]{0,300}>)?$/;
const RUNS_LATER =
  /^(?:set(?:Timeout|Interval|Immediate)|request(?:AnimationFrame|IdleCallback)|queueMicrotask|expect|assert)\b/;

/** In these, most calls that take a function run it, and only some give it back. */
const KNOWN_WRAPPERS: Partial<Record<Language, RegExp>> = {
  go: /^(?:\w{1,80}\.)?(?:\w{0,80}Func|Once(?:Values?)?|with[A-Z]\w{0,80}|\w{0,80}[mM]iddleware)$/,
  csharp:
    /^new\s+(?:\w{1,80}\.)?(?:\w{0,80}(?:Lazy|Command|Handler|Comparer|Thread|Task)|Func|Action)(?:<.{0,300}>)?$/,
  java: /^(?:new\s+\w{0,80}(?:Lazy|Thread|Task|Handler)(?:<.{0,300}>)?|(?:\w{1,80}\.)?(?:memo\w{0,80}|lazy|wrap\w{0,80}|comparing\w{0,20}|withInitial)|Lazy\.of)$/,
  kotlin: /^(?:[A-Z]\w{0,80}|lazy|suspend|remember|composable\w{0,80})$/,
  php: /^(?:new\s+\w{0,80}Lazy\w{0,80}|\\?Closure::fromCallable|once|memo\w{0,80}|wrap\w{0,80})$/,
  python:
    /^(?:\w{1,80}\.)?(?:property|staticmethod|classmethod|cached_property|(?:lru_)?cache|wraps|partial)(?:\([^()]{0,200}\))?$/,
  ruby: /^(?:lambda|proc|Proc\.new)$/,
  rust: /^(?:Box|Rc|Arc|Some|Lazy\w{0,20}|OnceLock|RefCell|Mutex)(?:::new)?$/,
  cpp: /^(?:std::)?(?:function|move_only_function|move|make_\w{1,80})(?:<.{0,300}>)?$/,
};

/** True for a call whose function argument is what the name of its result stands for. */
export function isWrapper(language: Language, callee: string): boolean {
  if (language === 'javascript' || language === 'typescript' || language === 'tsx') {
    const near = callee.slice(-400);
    return ECMASCRIPT_WRAPPER.test(near) || (PLAIN_CALL.test(callee) && !RUNS_LATER.test(callee));
  }
  return KNOWN_WRAPPERS[language]?.test(callee) ?? false;
}
