import type { FragmentKind, Language } from '../../model/code.ts';
import { bindClosure, type BoundClosure } from './closures.ts';
import { isStatement } from './macros.ts';
import { bodyOf, nameDeclaration, type DeclaredName } from './naming.ts';
import type { MaskMark } from '../parsing/masking/mask.ts';
import type { Span } from '../parsing/spans.ts';
import type { ParsedSource } from '../parsing/parsedSource.ts';
import { isTestFunction } from './testCases.ts';
import type { SyntaxNode } from '../parsing/syntaxNode.ts';
import type { Capture } from '../parsing/treeSitter.ts';

/** A function, class, test or group of tests, as it stands in its file. */
export interface Declaration {
  /** `undefined` for what only lends its name to what it contains. */
  readonly kind: FragmentKind | undefined;
  readonly isGroup: boolean;
  readonly name: string;
  /** -1 where the name is not written as a word of its own. */
  readonly nameIndex: number;
  readonly qualifiedName: string;
  /** Decorators and words such as `export const` included. */
  readonly startIndex: number;
  readonly endIndex: number;
  /** Where the declaration itself starts, after its decorators. */
  readonly headIndex: number;
  readonly bodyIndex: number;
  readonly parent: Declaration | undefined;
  readonly complexity: number;
  readonly isSound: boolean;
}

type DeclaredKind = BoundClosure['kind'] | 'type' | 'scope';

interface OpenDeclaration {
  kind: FragmentKind | 'type' | 'scope' | 'group';
  readonly name: string;
  readonly nameIndex: number;
  readonly owner: string | undefined;
  qualifiedName: string;
  readonly startIndex: number;
  endIndex: number;
  readonly headIndex: number;
  readonly bodyIndex: number;
  readonly parent: OpenDeclaration | undefined;
  complexity: number;
  readonly isSound: boolean;
  holdsFunctions: boolean;
  holdsClasses: boolean;
}

type DeclaringSource = Pick<ParsedSource, 'text' | 'reading' | 'soundness'>;

/**
 * Folds captures in order of their start into declarations, outer ones first: what is open at a
 * place is a stack of intervals, and a decision counts for each of them.
 */
export function foldDeclarations(
  { text, reading: { language, moduleName }, soundness }: DeclaringSource,
  captures: readonly (Capture | MaskMark)[],
): readonly Declaration[] {
  const found: OpenDeclaration[] = [];
  const open: OpenDeclaration[] = [];
  const lead = createLead(text);

  function closeUpTo(index: number): void {
    for (let top = open.at(-1); top !== undefined && top.endIndex <= index; top = open.at(-1)) {
      open.pop();
      if (top.parent !== undefined) top.parent.complexity += top.complexity - 1;
    }
  }

  function declare(node: SyntaxNode, kind: DeclaredKind): void {
    const named = nameDeclaration(language, node, text);
    if (named === undefined) return;
    if (kind === 'function' && WITH_STATEMENTS.includes(language)) {
      closeUpTo(node.startIndex);
      if (isStatement(language, node, text, { named, isInFunction: isFunction(open.at(-1)) })) {
        return;
      }
    }
    const body = bodyOf(node);
    if (body === undefined && kind === 'function' && language !== 'ruby') return;
    const bodyIndex = body?.startIndex ?? node.endIndex;
    add({ node, kind, named, bodyIndex, judged: node });
  }

  function declareClosure(closure: SyntaxNode): void {
    const bound = bindClosure(language, closure, text);
    if (bound === undefined) return;
    const bodyIndex =
      bound.kind === 'test' || bound.kind === 'group'
        ? closure.startIndex
        : (bodyOf(closure)?.startIndex ?? closure.startIndex);
    add({ ...bound, bodyIndex, judged: closure });
  }

  function add(declared: {
    readonly node: SyntaxNode;
    readonly kind: DeclaredKind;
    readonly named: DeclaredName;
    readonly bodyIndex: number;
    /** What must be whole for the declaration to be sound. */
    readonly judged: SyntaxNode;
  }): void {
    const { node, bodyIndex } = declared;
    const { isModule, ...written } = declared.named;
    const named = isModule === true ? { ...written, name: moduleName } : written;
    const headIndex = startOfHead(language, text, node.startIndex);
    const startIndex = lead.startOf(headIndex, node.endIndex);
    closeUpTo(startIndex);
    const parent = open.at(-1);
    const declaration: OpenDeclaration = {
      kind: declared.kind,
      ...named,
      qualifiedName: '',
      startIndex,
      endIndex: endOf(language, text, node.endIndex),
      headIndex,
      bodyIndex,
      parent,
      complexity: 1,
      isSound: soundness.isSound(declared.judged, bodyIndex),
      holdsFunctions: false,
      holdsClasses: false,
    };
    if (declared.kind === 'function') {
      const head = `${docBlockBefore(language, text, startIndex)}${text.slice(startIndex, bodyIndex)}`;
      if (isTestFunction(language, { name: named.name, head, enclosing: enclosingHead(parent) })) {
        declaration.kind = 'test';
      }
    }
    if (parent !== undefined) {
      if (declared.kind === 'function') parent.holdsFunctions = true;
      else if (declared.kind === 'class') parent.holdsClasses = true;
    }
    declaration.qualifiedName = qualify(declaration);
    found.push(declaration);
    open.push(declaration);
  }

  function enclosingHead(parent: OpenDeclaration | undefined): string {
    return parent?.kind === 'class' ? text.slice(parent.startIndex, parent.bodyIndex) : '';
  }

  function decide(index: number): void {
    closeUpTo(index);
    const top = open.at(-1);
    if (top !== undefined) top.complexity += 1;
  }

  for (const capture of captures) {
    const { startIndex } = capture;
    switch (capture.name) {
      case 'decision':
        decide(startIndex);
        break;
      case 'case':
        if (!isDefaultCase(text, startIndex)) decide(startIndex);
        break;
      case 'function':
      case 'class':
      case 'type':
      case 'scope':
        declare(capture.node, capture.name);
        break;
      case 'closure':
        declareClosure(capture.node);
        break;
      case 'prefix':
        lead.addPrefix(capture);
        break;
      case 'wrapper':
        lead.addWrapper(capture);
        break;
      default:
        break;
    }
  }
  closeUpTo(Infinity);
  return finish(language, found);
}

/** PHPUnit reads `@test` in the comment above. */
function docBlockBefore(language: Language, text: string, index: number): string {
  if (language !== 'php') return '';
  const before = text.slice(Math.max(0, index - 400), index).trimEnd();
  return before.endsWith('*/') ? before.slice(before.lastIndexOf('/*')) : '';
}

function finish(language: Language, found: readonly OpenDeclaration[]): readonly Declaration[] {
  const owners = new Set(found.map(({ owner }) => owner));
  const finished = new Map<OpenDeclaration, Declaration>();
  for (const declaration of found) {
    const { name, nameIndex, qualifiedName, startIndex, endIndex } = declaration;
    finished.set(declaration, {
      kind: fragmentKind(language, declaration, owners),
      isGroup: declaration.kind === 'group',
      name,
      nameIndex,
      qualifiedName,
      startIndex,
      endIndex,
      headIndex: declaration.headIndex,
      bodyIndex: declaration.bodyIndex,
      parent: declaration.parent === undefined ? undefined : finished.get(declaration.parent),
      complexity: declaration.complexity,
      isSound: declaration.isSound,
    });
  }
  // Decorators may start before what was found first.
  return [...finished.values()].sort(
    (a, b) => a.startIndex - b.startIndex || b.endIndex - a.endIndex,
  );
}

function fragmentKind(
  language: Language,
  { kind, name, holdsFunctions, holdsClasses }: OpenDeclaration,
  owners: ReadonlySet<string | undefined>,
): FragmentKind | undefined {
  if (kind === 'group' || kind === 'scope') return undefined;
  if (kind === 'type') return holdsFunctions && !holdsClasses ? 'class' : undefined;
  // The methods of a Go struct stand beside it; without any it is no class.
  if (kind === 'class' && language === 'go') return owners.has(name) ? 'class' : undefined;
  return kind;
}

function qualify(declaration: OpenDeclaration): string {
  const own =
    declaration.owner === undefined ? declaration.name : `${declaration.owner}.${declaration.name}`;
  const outer = declaration.parent?.qualifiedName;
  return outer === undefined ? own : `${outer}.${own}`;
}

/** What was met before a declaration and belongs to it. */
function createLead(text: string) {
  let prefixStart = -1;
  let prefixEnd = -1;
  let wrapperStart = -1;
  let wrapperEnd = -1;
  return {
    addPrefix(node: Span): void {
      if (prefixEnd === -1 || !isBlank(text, prefixEnd, node.startIndex)) {
        prefixStart = node.startIndex;
      }
      prefixEnd = node.endIndex;
    },
    addWrapper(node: Span): void {
      if (node.startIndex < wrapperEnd) return;
      wrapperStart = node.startIndex;
      wrapperEnd = node.endIndex;
    },
    startOf(headIndex: number, endIndex: number): number {
      if (wrapperStart < headIndex && endIndex <= wrapperEnd && endIndex >= wrapperEnd - 2) {
        return wrapperStart;
      }
      const isLed = prefixStart !== -1 && prefixStart < headIndex && prefixEnd <= headIndex;
      return isLed && isBlank(text, prefixEnd, headIndex) ? prefixStart : headIndex;
    },
  };
}

const BLANK = /^(?:\s|\/\/[^\n]*\n|#[^[\n][^\n]*\n|\/\*[\s\S]*?\*\/)*$/;

/** True where nothing but white space and comments stands between. */
function isBlank(text: string, startIndex: number, endIndex: number): boolean {
  return endIndex - startIndex < 2_000 && BLANK.test(text.slice(startIndex, endIndex));
}

const ECMASCRIPT: readonly Language[] = ['javascript', 'typescript', 'tsx'];

const ECMASCRIPT_LEAD = /(?:\bexport\s+(?:default\s+)?)?(?:declare\s+)?(?:(?:const|let|var)\s+)?$/;

/** The words before a binding that belong to its statement. */
function startOfHead(language: Language, text: string, startIndex: number): number {
  if (!ECMASCRIPT.includes(language)) return startIndex;
  const lineStart = Math.max(text.lastIndexOf('\n', startIndex - 1) + 1, startIndex - 100);
  const before = text.slice(lineStart, startIndex);
  if (before.trim() === '') return startIndex;
  const words = ECMASCRIPT_LEAD.exec(before)?.[0] ?? '';
  return startIndex - words.length;
}

const C_FAMILY: readonly Language[] = ['c', 'cpp'];

/** Languages whose functions begin without a keyword, so that a grammar may take others for them. */
const WITH_STATEMENTS: readonly Language[] = [...C_FAMILY, 'csharp', 'java'];

function isFunction(declaration: OpenDeclaration | undefined): boolean {
  return declaration?.kind === 'function' || declaration?.kind === 'test';
}

const CLOSED_BY_SEMICOLON: readonly Language[] = [...ECMASCRIPT, ...C_FAMILY];

function endOf(language: Language, text: string, endIndex: number): number {
  return CLOSED_BY_SEMICOLON.includes(language) && text.charAt(endIndex) === ';'
    ? endIndex + 1
    : endIndex;
}

/** A guard of one is a decision of its own, so that what is guarded counts once. */
const DEFAULT_CASE =
  /(?:_\s*(?:=>|(?:if|when)\b)|case\s+_\s*(?::|if\b)|default\b|else\s*(?:->|if\b))/y;

function isDefaultCase(text: string, index: number): boolean {
  DEFAULT_CASE.lastIndex = index;
  return DEFAULT_CASE.test(text);
}
