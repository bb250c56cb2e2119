/** What looks like the head of a function and is none. */
const CONTROL = /^(?:if|for|foreach|while|switch|unless|else|elif|try|with|match|return|case)\b/;
/** A head that says by a word that it is one of a function. */
const DECLARED =
  /^(?:@\w+\s+)*(?:(?:pub|public|private|protected|internal|static|final|override|async|export)\s+)*(?:func|fn|fun|def|function|void)\b/;
const CALL = /^(?:await\s+)?[\w.$>:-]+\([^{};]*\)$/;

/**
 * Whether a text is a function that returns something, or hands what it is given on to another one,
 * and does nothing else. Its work grows with the text.
 */
export function doesOneThing(text: string): boolean {
  return bodyStarts(text).some((at) => {
    const head = text.slice(0, at);
    if (!takesParameters(head)) return false;
    const body = onlyStatement(text.slice(at + 1));
    if (/^return\b/.test(body)) return !body.includes(';') && !CONTROL.test(head);
    return DECLARED.test(head) && CALL.test(body);
  });
}

/** Where a body may begin: at the first brace, or before it at a colon outside of brackets. */
function bodyStarts(text: string): readonly number[] {
  let depth = 0;
  let colon: number | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '{') return colon === undefined ? [at] : [colon, at];
    if (character === '(' || character === '[') depth += 1;
    else if (character === ')' || character === ']') depth -= 1;
    else if (character === ':' && depth === 0) colon ??= at;
  }
  return colon === undefined ? [] : [colon];
}

/** Brackets before any value that is given; no statement ends there. */
function takesParameters(head: string): boolean {
  if (/[};]/.test(head)) return false;
  const [declared = ''] = head.split('=', 1);
  const open = declared.indexOf('(');
  return open !== -1 && open < declared.lastIndexOf(')');
}

/** A body without what ends it. */
function onlyStatement(body: string): string {
  const inside = body.trim();
  const statement = (inside.endsWith('}') ? inside.slice(0, -1) : inside).trimEnd();
  return statement.endsWith(';') ? statement.slice(0, -1) : statement;
}
