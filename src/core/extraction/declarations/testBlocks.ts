import type { Language } from '../../model/code.ts';
import type { SyntaxNode } from '../parsing/syntaxNode.ts';
import { argumentAt, unquote, type CallAround } from './calls.ts';
import { textOf } from './naming.ts';

/** A call that declares a test, or a group of them, by the block it is given. */
export interface TestBlock {
  readonly kind: 'test' | 'group';
  readonly title: string;
}

const ECMASCRIPT_TEST =
  /^(?:(?:t|tap|ava|qunit|QUnit|Deno|tc|suite)\.)?(?:it|test|specify|fit|xit|xtest)(?:\.(?:only|skip|each|concurrent|sequential|failing|fails|for|serial|todo|runIf|skipIf|extend|prop))*(?=$|[(<`])/;

const ECMASCRIPT_GROUP =
  /^(?:test\.)?(?:describe|suite|context|fdescribe|xdescribe)(?:\.(?:only|skip|each|concurrent|sequential|shuffle|serial|parallel|runIf|skipIf))*(?=$|[(<`])/;

/** @param value the function or block the call is given */
export function testBlockOf(
  language: Language,
  value: SyntaxNode,
  call: CallAround,
  text: string,
): TestBlock | undefined {
  if (language === 'ruby') return rubyBlock(value, call, text);
  if (call.node.type !== 'call_expression' || !SCRIPTS.has(language)) return undefined;
  const isGroup = ECMASCRIPT_GROUP.test(call.callee);
  if (!isGroup && !ECMASCRIPT_TEST.test(call.callee)) return undefined;
  const first = argumentAt(call, 0);
  const title = first === undefined ? undefined : titleOf(first, text);
  return title === undefined ? undefined : { kind: isGroup ? 'group' : 'test', title };
}

const SCRIPTS: ReadonlySet<Language> = new Set(['javascript', 'typescript', 'tsx']);

/** Of a test: its first argument, if that says anything. */
function titleOf(first: SyntaxNode, text: string): string | undefined {
  const written = textOf(first, text);
  if (/^['"`]/.test(written)) {
    return nonEmpty(unquote(written).replace(/\s+/g, ' ').trim());
  }
  if (/arrow_function|function_expression|object|regex/.test(first.type)) return undefined;
  return written.replace(/\s+/g, ' ').slice(0, 80);
}

const RUBY_TESTS = new Set([
  'it',
  'specify',
  'example',
  'scenario',
  'test',
  'should',
  'fit',
  'xit',
]);
const RUBY_GROUPS = new Set(['describe', 'context', 'feature', 'shared_examples', 'fdescribe']);

/** A block of `it` and its like; the first argument is a title or the constant under test. */
function rubyBlock(block: SyntaxNode, call: CallAround, text: string): TestBlock | undefined {
  if (block.parent?.type !== 'call') return undefined;
  const word = call.callee.replace(/^RSpec\./, '');
  const isTest = RUBY_TESTS.has(word);
  if (!isTest && !RUBY_GROUPS.has(word)) return undefined;
  const first = argumentAt(call, 0);
  const title = first === undefined ? firstLineOf(block, text) : titleOf(first, text);
  return title === undefined ? undefined : { kind: isTest ? 'test' : 'group', title };
}

/** What a test without a title says: `it { is_expected.to be_valid }`. */
function firstLineOf(block: SyntaxNode, text: string): string | undefined {
  const start = textOf(block, text).slice(0, 300);
  const body = start.replace(/^(?:do|\{)\s*|\s*(?:end|\})$/g, '');
  return nonEmpty(body.split('\n')[0]?.trim().slice(0, 80) ?? '');
}

function nonEmpty(text: string): string | undefined {
  return text === '' ? undefined : text;
}
