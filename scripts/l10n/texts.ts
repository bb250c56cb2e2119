import ts from 'typescript';

/** A text that a person reads, as the sources name it. */
export interface Text {
  readonly message: string;
  /** For translators; part of the key. */
  readonly comment: readonly string[];
}

export interface FoundTexts {
  readonly texts: readonly Text[];
  /** Texts that no bundle can hold, as `path:line`. */
  readonly faults: readonly string[];
}

/** A bundle as VS Code reads it. */
export type Bundle = Readonly<Record<string, string | { message: string; comment: string[] }>>;

/**
 * Finds `l10n.t(…)`, `vscode.l10n.t(…)`, and `t(…)` imported from `@vscode/l10n`, and what the core
 * says with the template tag `localized`. A fault is a text that is known only at run time, one made
 * that holds no words of its own, and words that are passed off as somebody else's by `verbatim`.
 */
export function findTexts(path: string, source: string): FoundTexts {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest);
  const imports: Imports = {
    t: /import\s*\{[^}]*\bt\b[^}]*\}\s*from\s*'@vscode\/l10n'/.test(source),
    localized: /import\s*\{[^}]*\}\s*from\s*'[^']*\/localizedText\.ts'/.test(source),
  };
  const texts: Text[] = [];
  const faults: string[] = [];
  const visit = (node: ts.Node): void => {
    const found = readTexts(node, imports);
    if (found !== 'fault') texts.push(...found);
    else {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      faults.push(`${path}:${line + 1}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { texts, faults };
}

/** Sorted, each text once. */
export function toBundle(texts: readonly Text[]): Bundle {
  const bundle = new Map<string, Bundle[string]>(
    texts.map(({ message, comment }) =>
      comment.length === 0
        ? [message, message]
        : [`${message}/${comment.join('')}`, { message, comment: [...comment] }],
    ),
  );
  return Object.fromEntries([...bundle].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What a file has of ours rather than of somebody else. */
interface Imports {
  readonly t: boolean;
  readonly localized: boolean;
}

function readTexts(node: ts.Node, imports: Imports): readonly Text[] | 'fault' {
  if (imports.localized) {
    if (ts.isTaggedTemplateExpression(node) && isNamed(node.tag, 'localized')) {
      return toLocalized(node);
    }
    if (ts.isCallExpression(node) && isUntold(node)) return 'fault';
  }
  if (!ts.isCallExpression(node) || !isTranslation(node.expression, imports.t)) return [];
  const [argument] = node.arguments;
  return (argument === undefined ? undefined : toTexts(argument)) ?? 'fault';
}

/** The tag called like a function, whose template nobody finds; or words of ours in `verbatim`. */
function isUntold({ expression: callee, arguments: [argument] }: ts.CallExpression): boolean {
  if (isNamed(callee, 'localized')) return true;
  return (
    isNamed(callee, 'verbatim') && argument !== undefined && holdsWords(literalParts(argument))
  );
}

function holdsWords(parts: readonly string[]): boolean {
  return /\p{L}/u.test(parts.join());
}

/** The template as the tag makes it. */
function toLocalized({ template }: ts.TaggedTemplateExpression): readonly Text[] | 'fault' {
  const parts = literalParts(template);
  if (!holdsWords(parts)) return 'fault';
  const message = parts
    .map((part, index) => (index === 0 ? part : `{${index - 1}}${part}`))
    .join('');
  return [{ message, comment: [] }];
}

/** What stands around the values of a template; empty where an expression is neither it nor a text. */
function literalParts(node: ts.Expression): readonly string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (!ts.isTemplateExpression(node)) return [];
  return [node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text }) => text);
}

function isNamed(node: ts.Expression, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name;
}

function isTranslation(callee: ts.Expression, importsT: boolean): boolean {
  if (ts.isIdentifier(callee)) return importsT && callee.text === 't';
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 't') return false;
  const owner = callee.expression;
  return ts.isPropertyAccessExpression(owner)
    ? owner.name.text === 'l10n'
    : ts.isIdentifier(owner) && owner.text === 'l10n';
}

/** `undefined` where a text is known only at run time. */
function toTexts(argument: ts.Expression): readonly Text[] | undefined {
  if (ts.isStringLiteralLike(argument)) return [{ message: argument.text, comment: [] }];
  if (ts.isParenthesizedExpression(argument)) return toTexts(argument.expression);
  if (ts.isConditionalExpression(argument)) {
    const branches = [toTexts(argument.whenTrue), toTexts(argument.whenFalse)];
    return branches.includes(undefined) ? undefined : branches.flatMap((found) => found ?? []);
  }
  return ts.isObjectLiteralExpression(argument) ? toCommentedText(argument) : undefined;
}

function toCommentedText(argument: ts.ObjectLiteralExpression): readonly Text[] | undefined {
  const valueOf = (name: string): ts.Expression | undefined =>
    argument.properties
      .filter((property) => ts.isPropertyAssignment(property))
      .find((property) => ts.isIdentifier(property.name) && property.name.text === name)
      ?.initializer;
  const message = valueOf('message');
  if (message === undefined || !ts.isStringLiteralLike(message)) return undefined;
  const comment = valueOf('comment');
  const parts =
    comment !== undefined && ts.isArrayLiteralExpression(comment) ? comment.elements : [];
  const lines = [...parts, ...(comment === undefined || parts.length > 0 ? [] : [comment])];
  return [
    {
      message: message.text,
      comment: lines.filter((part) => ts.isStringLiteralLike(part)).map(({ text }) => text),
    },
  ];
}
