import { firstLine, withoutOrigin } from '../../model/commitTitle.ts';
import { type Label, readLabels } from './words/labels.ts';

/** A message as its author wrote it, without what a forge or a tool put around it. */
export interface Message {
  /** One sentence without labels; empty where nothing but a merge was said. */
  readonly subject: string;
  readonly label: Label | undefined;
  readonly scope: string | undefined;
  /** Lines after the subject. */
  readonly body: readonly string[];
  /** Made to be folded into another commit before anybody reads it. */
  readonly isFolded: boolean;
  /** The subject is the title of an issue that the commit resolves. */
  readonly isIssueTitle: boolean;
}

/** Lines of a body that are read; what says what a commit did stands near its beginning or end. */
const MAX_LINES = 400;

/** Wrappings within one another. */
const MAX_WRAPPINGS = 4;

export function readMessage(message: string): Message {
  const lines = withoutOrigin(withoutLinks(message).split('\n'));
  const kept =
    lines.length <= MAX_LINES
      ? lines
      : [...lines.slice(0, MAX_LINES / 2), ...lines.slice(-MAX_LINES / 2)];
  let parts: Parts = { subject: firstLine(kept), body: kept.slice(1) };
  const isFolded = FOLDED.test(parts.subject.trim());
  for (let round = 0; round < MAX_WRAPPINGS; round += 1) {
    const unwrapped = unwrap(parts.subject.trim(), parts.body);
    if (unwrapped === undefined) break;
    parts = unwrapped;
  }
  const { label, scope, text } = readLabels(withoutWrappedTag(parts.subject));
  const title = titleOfIssue(text);
  return {
    subject: title ?? text,
    label,
    scope,
    body: parts.body,
    isFolded,
    isIssueTitle: title !== undefined,
  };
}

/** Of `git commit --fixup`, `--squash` and `--fixup=amend:`, and what people write by hand. */
const FOLDED = /^(?:fixup|squash|amend)(?:!|:|$| me\b| into\b)|^fixup\b/i;

/** Addresses of issues read like their numbers; others say nothing. */
function withoutLinks(message: string): string {
  return message.replace(/https?:\/\/[^\s()<>"']+/g, (address) => {
    const number = /\/(?:issues|pull|pulls|merge_requests)\/(\d{1,9})$/.exec(
      address.replace(/[.,;]$/, ''),
    )?.[1];
    return number === undefined ? '' : `#${number}`;
  });
}

interface Parts {
  readonly subject: string;
  readonly body: readonly string[];
}

/** What forges put before the title of a pull request, which then follows on the same line. */
const TITLED: readonly RegExp[] = [
  // Azure DevOps
  /^Merged PR \d+: ?(?=\S)/i,
  // Bitbucket Data Center
  /^Pull request #\d+: ?(?=\S)/i,
  /^(?:\[?backport(?:ed|ing)?\]?|cherry-?pick(?:ed)?)(?: (?:pr|of))? #\d+(?: on branch \S+| to \S+)?(?::|\s(?=\())\s*/i,
];

/** The same, in quotes. */
const QUOTED: readonly RegExp[] = [
  // Gerrit
  /^Merge "([^"]+)"(?: into \S+)?$/,
  // Gitea and Forgejo
  /^Merge pull request '([^']+)' \(#\d+\) from \S+/,
];

/** What forges and git write of a merge; a title may follow below. */
const MERGE =
  /^merged? (?:branch|branches|pull request|pr|remote|remote-tracking|tag|commit|changes?|in|topic|\S+ into)\b/i;
/** GitHub's merge of a fix that was made in private lists the titles of its commits. */
const FORK = /^merge commit from fork$/i;
const SQUASHED = /^squashed commit of the following:?$/i;

function unwrap(subject: string, body: readonly string[]): Parts | undefined {
  for (const pattern of TITLED) {
    const found = pattern.exec(subject);
    if (found !== null) return { subject: withoutBrackets(subject.slice(found[0].length)), body };
  }
  for (const pattern of QUOTED) {
    const [, title] = pattern.exec(subject) ?? [];
    if (title !== undefined) return { subject: title, body };
  }
  if (MERGE.test(subject)) return fromBody(FORK.test(subject) ? body.map(withoutBullet) : body);
  return SQUASHED.test(subject) ? fromSquashed(body) : undefined;
}

function withoutBrackets(title: string): string {
  return title.startsWith('(') && title.endsWith(')') ? title.slice(1, -1) : title;
}

/** Trailers, lists of conflicts and what a template adds say nothing of the change. */
const NO_TITLE = /^\s*(?:#|\*|$|[A-Z][\w-]*-by:|See merge request|Conflicts:|Closes |Merge in )/;

function fromBody(body: readonly string[]): Parts {
  const at = body.findIndex((line) => !NO_TITLE.test(line));
  return at === -1
    ? { subject: '', body: [] }
    : { subject: firstLine(body.slice(at)), body: body.slice(at + 1) };
}

function withoutBullet(line: string): string {
  return line.replace(/^\* /, '');
}

/** `git merge --squash` lists the commits as `git log` does, messages indented. */
function fromSquashed(body: readonly string[]): Parts {
  const at = body.findIndex((line) => /^ {4}\S/.test(line));
  return at === -1 ? { subject: '', body: [] } : { subject: body[at]?.trim() ?? '', body: [] };
}

/** `Resolve "Title of the issue"`, as GitLab names a merge request. */
function titleOfIssue(text: string): string | undefined {
  return /^Resolve "([^"]+)"$/.exec(text)?.[1];
}

/** `… (NFC)` and `… [ci skip]` at the end are labels as well. */
function withoutWrappedTag(subject: string): string {
  const [, text, tag] = /^([^()[\]]+)[([](NFCI?|nfci?|WIP|wip)[)\]]$/.exec(subject.trim()) ?? [];
  return text === undefined || tag === undefined ? subject : `[${tag}] ${text.trim()}`;
}

/** Shorter sentences explain nothing, longer ones are no summary. */
const LEAST_WORDS_OF_WHY = 5;
const LONGEST_WHY = 180;

/** The first sentence in which a message explains itself; empty where it says no more than its subject. */
export function readWhy(message: string): string {
  const { body } = readMessage(message);
  const from = body.findIndex((line) => line.trim() !== '');
  if (from === -1) return '';
  const left = body.slice(from);
  const blank = left.findIndex((line) => line.trim() === '');
  const paragraph = left.slice(0, blank === -1 ? undefined : blank);
  if (paragraph.some((line) => NO_PROSE.test(line))) return '';
  const text = paragraph.map((line) => line.trim()).join(' ');
  const [sentence = ''] = text.split(/(?<=[\p{L}\p{N})"'`]{2}[.!?])\s(?=\p{Lu})/u, 1);
  const words = sentence.split(/\s+/).length;
  const isWhole = /[.!?]$/.test(sentence) && sentence.length <= LONGEST_WHY;
  return isWhole && words >= LEAST_WORDS_OF_WHY ? sentence : '';
}

/** Lists, quoted text, trailers and references. */
const NO_PROSE =
  /^\s*(?:[-*+>#|]|\d+[.)]\s|```|[\w-]+:\s|\(cherry|(?:fix|close|resolve|see|ref)\w*:? #?\d)|https?:|^ {4}/i;
