import { BadLine } from '../core/exchange/fields.ts';
import { parseLine } from '../core/exchange/parseImport.ts';
import type { PatternEvent, RecordedText } from '../core/model/event.ts';
import { withoutSecrets, type SecretGate } from '../core/model/ports/secretGate.ts';
import { solutionHash } from '../core/model/team/solutionHash.ts';
import { Refusal } from './problem.ts';
import type { NewPattern } from './store/patterns.ts';

/** Longest of what is no code, in characters. */
const LONGEST_NAME = 500;
const LONGEST_DESCRIPTION = 10_000;
const MOST_TAGS = 100;

/**
 * A pattern as it is kept: one object of the exchange format, be it a before/after pair of the design
 * document or a line of a pack. Secrets in it are replaced before anything else is done.
 *
 * @throws Refusal `bad-pattern`
 */
export async function readPattern(
  fields: Readonly<Record<string, unknown>>,
  gate: SecretGate,
): Promise<NewPattern> {
  const clean = (await withoutSecrets(fields, gate)) as Readonly<Record<string, unknown>>;
  const line = JSON.stringify(clean);
  const event = parsed(clean);
  const { text } = event;
  const code_before = text.before ?? '';
  refuseUnfit(text, line);
  return {
    problem_type: problemTypeOf(text.kind),
    solution_hash: solutionHash(code_before, text.code),
    code_before,
    code_after: text.code,
    kind: text.kind,
    language: text.language,
    framework: text.framework,
    name: text.name,
    description: text.description,
    tags: text.tags,
    line,
  };
}

function parsed(fields: Readonly<Record<string, unknown>>): PatternEvent {
  try {
    return parseLine(fields);
  } catch (error) {
    if (error instanceof BadLine) throw new Refusal('bad-pattern', error.message);
    throw error;
  }
}

function refuseUnfit({ name, description, tags, framework }: RecordedText, line: string): void {
  const tooLong =
    name.length > LONGEST_NAME ||
    description.length > LONGEST_DESCRIPTION ||
    tags.length > MOST_TAGS ||
    tags.some((tag) => tag.length > LONGEST_NAME) ||
    (framework?.length ?? 0) > 100;
  // What a database cannot hold in a text; one in front of which a backslash stands is text itself.
  if (/(?:^|[^\\])(?:\\\\)*\\u0000/.test(line)) {
    throw new Refusal('bad-pattern', 'a text holds a NUL character');
  }
  if (tooLong) throw new Refusal('bad-pattern', 'a name, description or tag is too long');
}

/** Changes are called as in the design document, everything else by its kind. */
function problemTypeOf(kind: string): string {
  if (kind === 'fix') return 'bug_fix';
  return kind === 'feature' ? 'feature_addition' : kind;
}
