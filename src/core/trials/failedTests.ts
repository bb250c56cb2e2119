import { plainOutput } from '../platform/text/programOutput.ts';

/** How runners name a test that failed, one line each. */
const FAILED: readonly RegExp[] = [
  // pytest
  /^(?:FAILED|ERROR) ([^\s:]+\.py(?:::[^\n]{1,300}?)?)(?: - |$)/,
  // unittest
  /^(?:FAIL|ERROR): (\S{1,200} \([^)\n]{1,300}\))/,
  // go
  /^\s{0,16}--- FAIL: (\S{1,300})/,
  // cargo
  /^test (\S{1,300}) \.\.\. FAILED$/,
  // TAP and node
  /^\s{0,16}not ok \d+ -? ?([^#\n]{1,300})/,
  /^\s{0,16}✖ ([^\n]{1,300}?)(?: \(\d[\d.]*m?s\))?$/,
  // jest and vitest
  /^\s{0,4}● ([^\n]{1,300})$/,
  /^\s{0,4}FAIL {1,3}(\S+ > [^\n]{1,300})$/,
  // rspec
  /^rspec (\.\/\S{1,300})/,
  // phpunit
  /^\d{1,6}\) ([\w\\]{1,200}::\w{1,200})/,
  // maven and gradle
  /^\[ERROR\] {1,4}([\w.$]{1,200}\.\w{1,200})(?::\d+|\s|$)/,
  /^(\w[\w.$]{0,200} > [^\n]{1,200}) FAILED$/,
];

/** Names of the tests that failed, as the runner's output tells them; empty where it does not. */
export function failedTests(output: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const line of plainOutput(output)) {
    for (const form of FAILED) {
      const [, name] = form.exec(line) ?? [];
      if (name !== undefined) names.add(name.trim());
    }
  }
  return names;
}
