import { createHash } from 'node:crypto';

import type { Language } from '../../src/core/model/code.ts';
import type {
  EventBody,
  RecordedChange,
  RecordedFragment,
  RecordedText,
} from '../../src/core/model/event.ts';
import type { PatternKind } from '../../src/core/model/pattern.ts';
import { seededRandom } from '../../src/core/platform/seededRandom.ts';

const VERBS =
  'read write parse load save open close fetch send build render update delete create find merge split sort filter map encode decode validate check resolve bind emit handle apply format convert compute collect flush retry cancel schedule register lookup compare copy clone scan match join reset'.split(
    ' ',
  );
const NOUNS =
  'file user request response token header cookie session cache buffer stream socket query row column table index node tree path route event message payload config option value key entry record batch queue worker task timer error result page template form field schema model view layer image frame pixel matrix vector graph edge vertex account invoice order product price customer address email password secret report log metric counter histogram cursor window range line word symbol scope module package version branch commit patch'.split(
    ' ',
  );
const QUALITIES =
  'empty invalid missing pending active stale fresh remote local nested shared default previous next current first last total partial raw encoded signed expired optional required hidden visible'.split(
    ' ',
  );
const LANGUAGES: readonly Language[] = ['typescript', 'python', 'javascript', 'go', 'java', 'rust'];
const FRAMEWORKS = [null, null, null, 'express', 'flask', 'react', 'spring', 'gin'] as const;
const KINDS: readonly PatternKind[] = [
  'function',
  'function',
  'function',
  'function',
  'class',
  'test',
];
const FRAGMENTS_PER_FILE = 8;

/**
 * Events that make a library of `patterns` live patterns, about 1.36 KB of code each: files of
 * eight fragments in one project per 2,000 patterns, every tenth pattern a fix of a commit.
 * One file in twenty also holds a fragment of an earlier file, so that some patterns recur.
 */
export function* syntheticEvents(patterns: number, seed = 1): Generator<EventBody> {
  const random = seededRandom(seed);
  let made = 0;
  let project = '';
  let earlier: RecordedFragment | undefined;
  for (let unit = 0; made < patterns; unit++) {
    const number = Math.floor(made / 2000);
    const key = `git:${hex(`project ${number}`).slice(0, 40)}`;
    if (key !== project) {
      project = key;
      yield { type: 'project', project, name: `project-${number}`, aliases: [] };
    }
    if (unit % 10 === 9) {
      const changes = texts(random, Math.min(FRAGMENTS_PER_FILE, patterns - made), 'fix');
      yield commitEvent(project, unit, changes.map(toChange));
      made += changes.length;
      continue;
    }
    const fragments = texts(random, Math.min(FRAGMENTS_PER_FILE, patterns - made)).map(toFragment);
    made += fragments.length;
    if (earlier !== undefined && random() < 0.05) {
      fragments.push(toFragment(earlier, fragments.length));
    }
    if (random() < 0.2) earlier = fragments[0];
    yield fileEvent(project, unit, fragments);
  }
}

function fileEvent(project: string, unit: number, fragments: RecordedFragment[]): EventBody {
  const path = `src/${NOUNS[unit % NOUNS.length]}/unit${unit}.ts`;
  const language = fragments[0]?.language ?? null;
  return { type: 'file', project, path, contentHash: hex(`file ${unit}`), language, fragments };
}

function commitEvent(project: string, unit: number, changes: RecordedChange[]): EventBody {
  return {
    type: 'commit',
    project,
    commit: hex(`commit ${unit}`).slice(0, 40),
    author: `dev${unit % 17}@example.org`,
    dateSeconds: 1_600_000_000 + unit * 3600,
    message: `Fix ${changes[0]?.description ?? 'a bug'} (#${unit})`,
    testsChanged: unit % 3 === 0,
    issues: [`#${unit}`],
    changes,
  };
}

function texts(random: () => number, count: number, kind?: PatternKind): RecordedText[] {
  return Array.from({ length: count }, () => text(random, kind ?? pick(random, KINDS)));
}

function text(random: () => number, kind: PatternKind): RecordedText {
  const words = [pick(random, VERBS), pick(random, QUALITIES), pick(random, NOUNS)];
  const name = camel(words);
  const language = pick(random, LANGUAGES);
  const signature = `function ${name}(${pick(random, NOUNS)}, ${pick(random, NOUNS)})`;
  const code = `${signature} {\n${body(random)}}`;
  const template = code.replaceAll(/[a-z]+[A-Z]\w*/g, '$1');
  const fingerprint = hex(`${language} ${kind} ${code}`);
  const lines = code.split('\n').length;
  return {
    id: fingerprint.slice(0, 16),
    kind,
    language,
    framework: pick(random, FRAMEWORKS),
    name,
    signature,
    description: `${capital(words[0] ?? '')}s the ${words.slice(1).join(' ')} of a ${pick(random, NOUNS)}.`,
    tags: [pick(random, NOUNS), pick(random, VERBS)].sort(),
    code,
    ...(kind === 'fix' ? { before: code.split('\n').slice(0, -4).join('\n') } : {}),
    complexity: 3 + Math.floor(random() * 8),
    lines,
    fingerprint,
    template,
  };
}

/** About 1.3 KB, spread from a third to three times that like the fragments of real projects. */
function body(random: () => number): string {
  const length = 480 + 2300 * random() * random() + 400 * random();
  let made = '';
  while (made.length < length) made += `  ${statement(random)}\n`;
  return made;
}

function statement(random: () => number): string {
  const target = camel([pick(random, QUALITIES), pick(random, NOUNS)]);
  const call = `${pick(random, NOUNS)}.${camel([pick(random, VERBS), pick(random, NOUNS)])}`;
  const argument = camel([pick(random, NOUNS), pick(random, NOUNS)]);
  const choice = random();
  if (choice < 0.3) return `if (${target} === ${argument}) return ${call}(${argument});`;
  if (choice < 0.8) return `const ${target} = ${call}(${argument}, ${Math.floor(random() * 99)});`;
  return `throw new ${capital(argument)}Error('${pick(random, QUALITIES)} ${pick(random, NOUNS)}');`;
}

function toFragment(recorded: RecordedText, index: number): RecordedFragment {
  const start = { line: index * 40, character: 0 };
  const end = { line: index * 40 + recorded.lines - 1, character: 1 };
  return { ...recorded, qualifiedName: recorded.name, range: { start, end }, kept: true };
}

function toChange(recorded: RecordedText, index: number): RecordedChange {
  const { qualifiedName, range } = toFragment(recorded, index);
  const path = `src/${recorded.name}.ts`;
  return { ...recorded, path, qualifiedName, range, confidence: 0.5 + (index % 5) / 10 };
}

function pick<T>(random: () => number, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

function camel(words: readonly string[]): string {
  return words.map((word, index) => (index === 0 ? word : capital(word))).join('');
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function hex(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}
