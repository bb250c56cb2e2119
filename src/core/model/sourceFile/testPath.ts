const TEST_FOLDER =
  /(^|\/)(tests?|__tests__|specs?|e2e|fixtures?|__mocks__|mocks?|testdata|testing|testsuite|[\w.-]*[._-](tests?|specs?)|[\w.-]*(Tests?|Specs?)|[\w.-]*-?testing(-[\w-]+)?|[\w.-]+-tests?-[\w-]+)\//;
const TEST_FILE =
  /(^|\/)(tests?|specs?|conftest|spec_helper|test_helper)\.\w+$|(^|\/)test_[^/]*$|([._-](tests?|spec|test-d|stories)|\w(Tests?|Specs?|SpecsBase|IT))\.\w+$/;

/** True for tests and what only tests use. */
export function isTestPath(path: string): boolean {
  return TEST_FOLDER.test(path) || TEST_FILE.test(path);
}
