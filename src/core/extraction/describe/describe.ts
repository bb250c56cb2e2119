import type { Fragment, Language } from '../../model/code.ts';
import type { Declaration } from '../declarations/declarations.ts';
import { phraseFor } from './description.ts';
import { docOf } from './documentation.ts';
import type { FragmentDeclaration, Surroundings } from './surroundings.ts';
import { frameworksNamed, frameworksUsed, testFrameworkOf } from './frameworks.ts';
import { withoutBlanks } from '../parsing/masking/mask.ts';
import type { ParsedSource } from '../parsing/parsedSource.ts';
import { signatureOf } from './signature.ts';
import { tagsOf, traitOf } from './tags.ts';
import { fingerprintOf } from '../../model/fingerprint.ts';
import {
  AS_WRITTEN,
  createNumbering,
  isOneLine,
  renderTemplate,
  type Numbering,
} from '../tokens/template.ts';
import { tokenAt, type Tokens } from '../tokens/tokens.ts';

export function describeDeclaration(
  declaration: FragmentDeclaration,
  surroundings: Surroundings,
): Fragment {
  const { source, lines, tokens } = surroundings;
  const { kind, name, startIndex, endIndex } = declaration;
  const { language, text } = source;
  const from = tokenAt(tokens, startIndex);
  const to = tokenAt(tokens, endIndex);
  const template = renderTemplate(tokens, from, to, numberingFor(declaration, { tokens, to }));
  const code = dedent(text, startIndex, endIndex);
  const signature = signatureFor(declaration, source);
  const { sentence: doc, details, isDeprecated } = docOf(declaration, surroundings);
  const frameworks = allFrameworks(declaration, surroundings, code);
  const start = lines.positionOf(startIndex);
  const end = lines.positionOf(endIndex);
  return {
    kind,
    language,
    name,
    qualifiedName: declaration.qualifiedName,
    signature,
    range: { start, end },
    code,
    complexity: declaration.complexity,
    lines: end.line - start.line + 1,
    description:
      doc ??
      phraseFor({
        ...{ kind, language, name, signature },
        context: contextOf(declaration),
        isMember: isMember(declaration),
      }),
    details,
    documented: doc !== undefined,
    tags: tagsOf({
      language,
      name,
      kind,
      frameworks,
      isDeprecated,
      ...traitsOf(surroundings, { from, to }, declaration),
    }),
    framework: frameworks.find((framework) => !surroundings.frameworks.libraries.has(framework)),
    template,
    fingerprint: fingerprintOf(language, kind, template),
  };
}

/**
 * What holds one line and decides nothing says what it does by its names alone: without them every
 * accessor would be a copy of every other one.
 */
function numberingFor(
  { complexity, bodyIndex }: FragmentDeclaration,
  { tokens, to }: { readonly tokens: Tokens; readonly to: number },
): Numbering {
  const isShape = complexity > 1 || !isOneLine(tokens, tokenAt(tokens, bodyIndex), to);
  return isShape ? createNumbering() : AS_WRITTEN;
}

/** The indentation of the line a span starts on, taken off all of its lines. */
export function dedent(text: string, startIndex: number, endIndex: number): string {
  const code = text.slice(startIndex, endIndex);
  const lineStart = text.lastIndexOf('\n', startIndex - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart, startIndex))?.[0] ?? '';
  return indent === '' ? code : code.replaceAll(`\n${indent}`, '\n');
}

function signatureFor(declaration: FragmentDeclaration, source: ParsedSource): string {
  const { text, language, masked } = source;
  const { headIndex, bodyIndex } = declaration;
  const head =
    masked === undefined
      ? text.slice(headIndex, bodyIndex)
      : withoutBlanks(text, masked, headIndex, bodyIndex);
  const isCall = declaration.nameIndex === -1 && declaration.kind === 'test';
  if (!isCall) {
    // A specification of Kotest is a class whose body is an argument.
    const body = language === 'kotlin' && declaration.kind === 'class' ? head.indexOf('{') : -1;
    const signature = signatureOf(language, body === -1 ? head : head.slice(0, body));
    return `${propertyMark(declaration, source)}${signature}`;
  }
  // What follows the title is the test itself.
  const title = head.indexOf(declaration.name);
  if (title === -1) return head.trim().replace(/\s+/g, ' ');
  const end = title + declaration.name.length;
  const isQuoted = /['"`]/.test(head.charAt(end));
  const open = head.slice(0, end + (isQuoted ? 1 : 0));
  return `${open}${/^\S+\(/.test(open) ? ')' : ''}`.replace(/\s+/g, ' ');
}

const PROPERTY =
  /^[ \t]*(@(?:functools\.)?(?:cached_)?property|@\w{1,100}\.(?:setter|getter|deleter))[ \t]*$/m;

/** What makes a function of Python one that is not called: it reads or sets a property. */
function propertyMark(
  { startIndex, headIndex, kind }: FragmentDeclaration,
  { text, language }: ParsedSource,
): string {
  if (language !== 'python' || kind !== 'function') return '';
  const [, mark] = PROPERTY.exec(text.slice(startIndex, headIndex)) ?? [];
  return mark === undefined ? '' : `${mark} `;
}

/** Names of what stands around, outermost first; of groups and classes only for a test. */
function contextOf(declaration: Declaration): readonly string[] {
  const context: string[] = [];
  for (let outer = declaration.parent; outer !== undefined; outer = outer.parent) {
    const isHolder = outer.isGroup || outer.kind === 'class' || outer.kind === undefined;
    if (isHolder || declaration.kind !== 'test') context.unshift(outer.name);
  }
  const own = declaration.qualifiedName.slice(
    declaration.parent === undefined ? 0 : declaration.parent.qualifiedName.length + 1,
  );
  if (own.length > declaration.name.length) {
    context.push(own.slice(0, own.length - declaration.name.length - 1));
  }
  return context;
}

/** The one it is known by first. */
function allFrameworks(
  declaration: FragmentDeclaration,
  surroundings: Surroundings,
  code: string,
): readonly string[] {
  const { source, tokens, frameworks, jsxIndexes } = surroundings;
  const { startIndex, endIndex, kind, headIndex, parent } = declaration;
  const used = usedBetween(startIndex, endIndex);
  const hasJsx = jsxIndexes.some((index) => index >= startIndex && index < endIndex);
  if (hasJsx && frameworks.ofJsx !== undefined) {
    used.push(frameworks.ofJsx);
  }
  if (frameworks.order.includes('express') && EXPRESS_HANDLER.test(headOf(declaration))) {
    used.push('express');
  }
  const enclosing = enclosingClass(parent);
  if (used.length === 0 && enclosing !== undefined) {
    // A method of what extends the framework's own class.
    const bases = source.text.slice(startOfBases(source.text, enclosing), enclosing.bodyIndex);
    used.push(...frameworksNamed(frameworks, bases));
  }
  if (frameworks.ofFile !== undefined) used.push(frameworks.ofFile);
  const usable = used.filter((framework) => kind === 'test' || !frameworks.forTests.has(framework));
  if (kind !== 'test') {
    // What sets tests up belongs to their framework.
    return [...new Set(usable.length > 0 ? usable : used)];
  }
  const runner = testFrameworkOf(source.language, frameworks, {
    head: source.text.slice(startIndex, Math.max(headIndex, declaration.bodyIndex)),
    code,
    enclosing:
      enclosing === undefined ? '' : source.text.slice(enclosing.startIndex, enclosing.bodyIndex),
  });
  return [...new Set(runner === undefined ? usable : [runner, ...usable])];

  function headOf({ headIndex: head, bodyIndex }: Declaration): string {
    return source.text.slice(head, bodyIndex);
  }

  function usedBetween(start: number, end: number): string[] {
    return [...frameworksUsed(frameworks, tokens, tokenAt(tokens, start), tokenAt(tokens, end))];
  }
}

/** True for a member of the object itself, or a plain name where that stands for one. */
function isOfItself(tokens: Tokens, at: number, needsOwner: boolean): boolean {
  if (!MEMBER_OF.test(tokens.texts[at - 1] ?? '')) return !needsOwner;
  return /^(?:\$?this|self|Self|cls|@)$/.test(tokens.texts[at - 2] ?? '');
}

const MEMBER_OF = /^(?:\??\.|[-?]+>|::|&\.)$/;

/** Where a method calls itself without saying whose it is; elsewhere that is another function. */
const WITHOUT_OWNER: ReadonlySet<Language> = new Set(['java', 'kotlin', 'csharp', 'cpp', 'ruby']);

/** True for what stands in a class, or belongs to one without standing in it. */
function isMember({ parent, name, qualifiedName }: Declaration): boolean {
  return parent === undefined ? qualifiedName !== name : parent.kind === 'class';
}

/** Handlers get what express made, whatever they are bound to. */
const EXPRESS_HANDLER = /[(,]\s*_?req(?:uest)?\s*,\s*_?res(?:ponse)?\s*[,)]/;

function enclosingClass(parent: Declaration | undefined): Declaration | undefined {
  let outer = parent;
  while (outer?.isGroup === true) outer = outer.parent;
  return outer?.kind === 'class' ? outer : undefined;
}

/** After the decorators and annotations of a class. */
function startOfBases(text: string, { headIndex, bodyIndex }: Declaration): number {
  const keyword = /\b(?:class|record|object|module|struct|trait|impl)\b/.exec(
    text.slice(headIndex, bodyIndex),
  );
  return headIndex + (keyword?.index ?? 0);
}

function traitsOf(
  { tokens, source: { language, text: source } }: Surroundings,
  { from, to }: { readonly from: number; readonly to: number },
  declaration: FragmentDeclaration,
): { readonly keywords: ReadonlySet<string>; readonly isRecursive: boolean } {
  const keywords = new Set<string>();
  let calls = 0;
  const needsOwner = isMember(declaration) && !WITHOUT_OWNER.has(language);
  for (let at = from; at < to; at += 1) {
    const text = tokens.texts[at] ?? '';
    if (tokens.kinds[at] === 'fixed') {
      if (text.length > 1 && traitOf(language, text) !== undefined) keywords.add(text);
    } else if (callsItself(tokens, at, declaration) && isOfItself(tokens, at, needsOwner)) {
      calls += 1;
    }
  }
  return { keywords, isRecursive: calls > 0 && !isOverloaded(language, source, declaration) };
}

function callsItself(
  tokens: Tokens,
  at: number,
  { name, bodyIndex }: FragmentDeclaration,
): boolean {
  const isInBody = (tokens.startIndexes[at] ?? 0) >= bodyIndex;
  return isInBody && tokens.texts[at] === name && tokens.texts[at + 1] === '(';
}

/** Where several functions may share a name, and one that calls it may mean another. */
const OVERLOADING: ReadonlySet<Language> = new Set(['java', 'kotlin', 'csharp', 'cpp']);

/** Words before a name that is called, not declared. */
const BEFORE_CALL =
  /\b(?:return|new|throw|else|await|yield|case|in|is|as|and|or|not|co_return|co_await|co_yield|do)$/;

/** True where the file declares another function of the name: by its look, wherever it stands. */
function isOverloaded(
  language: Language,
  text: string,
  { name, startIndex, endIndex }: FragmentDeclaration,
): boolean {
  if (!OVERLOADING.has(language)) return false;
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
    if (at >= startIndex && at < endIndex) continue;
    const after = text.slice(at + name.length, at + name.length + 3);
    const before = text.slice(Math.max(0, at - 60), at);
    const isDeclared = /[\w>\]&*?][ \t\r\n&*]+$|[\w>]::$/.test(before);
    if (/^\s?[(<]/.test(after) && isDeclared && !BEFORE_CALL.test(before.trimEnd())) return true;
  }
  return false;
}
