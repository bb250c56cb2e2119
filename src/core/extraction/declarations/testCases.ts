import type { Language } from '../../model/code.ts';

/** A function as far as it tells whether it is a test. */
export interface TestCandidate {
  readonly name: string;
  /** Its decorators and declaration, up to the body. */
  readonly head: string;
  /** The declaration of the class around it, empty without one. */
  readonly enclosing: string;
}

/** Tests that are functions; those that are calls (`it('…')`) are told by `bindClosure`. */
export function isTestFunction(language: Language, candidate: TestCandidate): boolean {
  return TESTS[language]?.(candidate) ?? false;
}

const JUNIT =
  /@(?:\w+\.)*(?:Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate|Property)\b/;

const TESTS: Partial<Record<Language, (candidate: TestCandidate) => boolean>> = {
  python: ({ name, enclosing }) =>
    enclosing === ''
      ? name.startsWith('test_')
      : /^test(?:_|[A-Z])/.test(name) && /class\s+Test|TestCase|Tests?\b/.test(enclosing),
  go: ({ name, head }) =>
    /^(?:Test|Benchmark|Fuzz)(?![a-z])/.test(name) && /\*testing\.[TBF]\b/.test(head),
  rust: ({ head }) => /#\[(?:\w+::)*(?:test|rstest|test_case|quickcheck|bench)\b/.test(head),
  java: ({ head }) => JUNIT.test(head),
  kotlin: ({ head }) => JUNIT.test(head),
  csharp: ({ head }) =>
    /\[\s*(?:\w+\s*(?:\([^\]]*\))?\s*,\s*)*(?:Fact|Theory|Test|TestCase|TestCaseSource|TestMethod|DataTestMethod|[A-Z]\w*(?:Fact|Theory))\b/.test(
      head,
    ),
  ruby: ({ name, enclosing }) => name.startsWith('test_') && /Test|Spec/.test(enclosing),
  php: ({ name, head, enclosing }) =>
    /#\[(?:\\?\w+\\)*(?:Test|DataProvider|TestWith)\b|\* *@test\b/.test(head) ||
    (/^test(?:_|[A-Z0-9])/.test(name) && enclosing.includes('Test')),
  cpp: ({ head }) => /^(?:TEST|TEST_F|TEST_P|TYPED_TEST|TYPED_TEST_P)\s*\(/.test(head),
};
