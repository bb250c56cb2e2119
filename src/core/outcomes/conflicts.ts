/** What is looked at of a pattern to tell whether it contradicts another. */
export interface Claim {
  readonly framework: string | null;
  /** Code, or the text after a change. */
  readonly code: string;
  /** Text before a change; empty for code. */
  readonly before: string;
}

/** Frameworks of which a project has one: code for one of them is in the way of another's. */
const RIVALS: readonly ReadonlySet<string>[] = [
  ['jest', 'vitest', 'mocha', 'ava', 'tap', 'jasmine', 'node:test'],
  ['pytest', 'unittest', 'nose'],
  ['junit', 'testng', 'kotest', 'spock'],
  ['rspec', 'minitest'],
  ['express', 'fastify', 'koa', 'hono', 'nestjs'],
  ['react', 'preact', 'solid', 'vue', 'svelte', 'angular', 'lit'],
  ['flask', 'django', 'fastapi', 'starlette', 'aiohttp', 'tornado', 'bottle'],
  ['gin', 'echo', 'chi', 'fiber'],
  ['spring', 'quarkus', 'micronaut', 'ktor'],
  ['laravel', 'symfony'],
].map((names) => new Set(names));

/**
 * Why two answers to one task contradict each other: `undoes` where what one leads to is what the
 * other leads away from, `rivals` where they are for frameworks of which a project has one.
 */
export function conflictOf(a: Claim, b: Claim): 'undoes' | 'rivals' | undefined {
  if (undoes(a, b) || undoes(b, a)) return 'undoes';
  return areRivals(a, b) ? 'rivals' : undefined;
}

function undoes(change: Claim, other: Claim): boolean {
  const before = bare(change.before);
  return before !== '' && before === bare(other.code);
}

function areRivals(a: Claim, b: Claim): boolean {
  const [one, other] = [a.framework, b.framework];
  if (one === null || other === null || one === other) return false;
  return RIVALS.some((names) => names.has(one) && names.has(other));
}

/** Layout makes no difference. */
function bare(text: string): string {
  return text.split(/\s+/).join(' ').trim();
}
