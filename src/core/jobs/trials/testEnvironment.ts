/** Names of what lets whoever has it act for the person, or leads git elsewhere. */
const SECRET =
  /TOKEN|SECRET|PASSW|CREDENTIAL|API_?KEY|PRIVATE|AUTH|^GIT_|^NODE_OPTIONS$|^ELECTRON_/i;

/** What tests are given: the environment without what they could misuse, and told not to wait. */
export function testEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const kept = Object.entries(env).filter(([name]) => !SECRET.test(name));
  return { ...Object.fromEntries(kept), CI: '1' };
}
