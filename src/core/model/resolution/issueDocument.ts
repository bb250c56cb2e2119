/** An issue as a program wrote it. */
export interface IssueDocument {
  readonly text: string;
  /** Of an instance of a benchmark: the commit the issue was found at. */
  readonly revision: string | undefined;
  /** Of an instance: the folder of its repository, or `owner/name`. */
  readonly repository: string | undefined;
}

/**
 * What a text says that is a JSON object: an instance of SWE-bench (`problem_statement`, `base_commit`,
 * `repo`) or an issue as trackers export it (`title`, `body`).
 *
 * @returns `undefined` where the text is no JSON object; `no-issue` where it has none of these fields
 */
export function readIssueDocument(text: string): IssueDocument | 'no-issue' | undefined {
  const fields = readJsonObject(text);
  return fields === undefined ? undefined : issueOf(fields);
}

export type JsonFields = ReadonlyMap<string, unknown>;

/** Fields by name; `undefined` for a text that is no JSON object. */
export function readJsonObject(text: string): JsonFields | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // A text may begin with a brace.
    return undefined;
  }
  return typeof parsed === 'object' && parsed !== null
    ? new Map<string, unknown>(Object.entries(parsed))
    : undefined;
}

/** See `readIssueDocument`. */
export function issueOf(fields: JsonFields): IssueDocument | 'no-issue' {
  const said =
    textIn(fields, 'problem_statement') ??
    joinIssue(textIn(fields, 'title'), textIn(fields, 'body'));
  if (said === undefined) return 'no-issue';
  return {
    text: said,
    revision: textIn(fields, 'base_commit'),
    repository: textIn(fields, 'repo'),
  };
}

/** A field that is a text and not empty. */
export function textIn(fields: JsonFields, name: string): string | undefined {
  const value = fields.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function joinIssue(title: string | undefined, body: string | undefined): string | undefined {
  const parts = [title, body].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join('\n\n');
}
