import ts from 'typescript';

/** Properties of VS Code's options and items that a person reads. */
const READ_PROPERTIES = new Set([
  'cancelButton',
  'description',
  'detail',
  'hint',
  'label',
  'message',
  'openLabel',
  'placeHolder',
  'placeholder',
  'prompt',
  'saveLabel',
  'text',
  'title',
  'tooltip',
]);
const MESSAGE_CALLS = /^(?:show(?:Information|Warning|Error)Message|setStatusBarMessage)$/;
const READ_ATTRIBUTES = /\s(?:aria-label|aria-description|alt|label|placeholder|title)="([^"]*)"/g;

const WORDS = /\p{L}{2}/u;
/** Of icons, of file formats, and our own. */
const NAMES = /\$\([a-z~-]+\)|\bJSONL\b|\bSQLite\b|Pattern Foundry/g;

/** Texts for people that no bundle can translate, as `path:line: text`. */
export function findUntranslated(path: string, source: string): readonly string[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest);
  const found: string[] = [];
  const report = (node: ts.Node, text: string): void => {
    if (!WORDS.test(text.replaceAll(NAMES, ''))) return;
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
    found.push(`${path}:${line + 1}: ${text.trim()}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && nameOf(node.expression) === 't') return;
    for (const { at, text } of readTexts(node)) report(at, text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

interface ReadText {
  readonly at: ts.Node;
  readonly text: string;
}

function readTexts(node: ts.Node): readonly ReadText[] {
  if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) {
    const { text: name } = node.name;
    // A table of names, such as `title: 'title'`, is not read.
    return READ_PROPERTIES.has(name)
      ? literalsOf(node.initializer).filter(({ text }) => text !== name)
      : [];
  }
  if (ts.isBinaryExpression(node)) return assignedTexts(node);
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    return MESSAGE_CALLS.test(node.expression.name.text) ? node.arguments.flatMap(literalsOf) : [];
  }
  if (ts.isTaggedTemplateExpression(node) && nameOf(node.tag) === 'html') {
    return htmlTexts(node.template).map((text) => ({ at: node, text }));
  }
  return [];
}

function assignedTexts({ left, operatorToken, right }: ts.BinaryExpression): readonly ReadText[] {
  const isRead = ts.isPropertyAccessExpression(left) && READ_PROPERTIES.has(left.name.text);
  return isRead && operatorToken.kind === ts.SyntaxKind.EqualsToken ? literalsOf(right) : [];
}

/** Of a variable, or of what is asked of something: `t` for `l10n.t`. */
function nameOf(node: ts.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) ? node.name.text : undefined;
}

function literalsOf(node: ts.Expression): readonly ReadText[] {
  if (ts.isStringLiteralLike(node)) return [{ at: node, text: node.text }];
  if (ts.isTemplateExpression(node)) {
    return [node.head, ...node.templateSpans.map(({ literal }) => literal)].map((part) => ({
      at: part,
      text: part.text,
    }));
  }
  if (ts.isConditionalExpression(node)) {
    return [...literalsOf(node.whenTrue), ...literalsOf(node.whenFalse)];
  }
  return [];
}

/** What stands between the tags of a template, and what its attributes say. */
function htmlTexts(template: ts.TemplateLiteral): readonly string[] {
  const html = ts.isNoSubstitutionTemplateLiteral(template)
    ? template.text
    : [template.head, ...template.templateSpans.map(({ literal }) => literal)]
        .map(({ text }) => text)
        .join('\u{fffc}');
  const attributes = [...html.matchAll(READ_ATTRIBUTES)].map(([, text]) => text ?? '');
  return [...attributes, ...html.replace(/<!--[\s\S]*?-->/g, '').split(/<[^>]*>/)];
}
