import ts from 'typescript';

/** A text that a person reads, as the sources name it. */
export interface Text {
  readonly message: string;
  /** For translators; part of the key. */
  readonly comment: readonly string[];
}

export interface FoundTexts {
  readonly texts: readonly Text[];
  /** Calls whose text is not a literal, as `path:line`. */
  readonly faults: readonly string[];
}

/** A bundle as VS Code reads it. */
export type Bundle = Readonly<Record<string, string | { message: string; comment: string[] }>>;

/** Finds `l10n.t(…)`, `vscode.l10n.t(…)`, and `t(…)` imported from `@vscode/l10n`. */
export function findTexts(path: string, source: string): FoundTexts {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest);
  const importsT = /import\s*\{[^}]*\bt\b[^}]*\}\s*from\s*'@vscode\/l10n'/.test(source);
  const texts: Text[] = [];
  const faults: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTranslation(node.expression, importsT)) {
      const found = node.arguments[0] === undefined ? undefined : toTexts(node.arguments[0]);
      if (found !== undefined) texts.push(...found);
      else {
        const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
        faults.push(`${path}:${line + 1}`);
      }
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
