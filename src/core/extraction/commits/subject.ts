/** What a commit says of itself in a sentence. */
export interface Subject {
  /** Capitalized, without conventional prefix, labels and issue numbers; may be empty. */
  readonly text: string;
  /** Words that tell more than that something was fixed or added. */
  readonly words: number;
}

/** Longer subjects are cut at a word. */
const MAX_LENGTH = 200;

/** Words every fix or addition may use. */
const PLAIN = new Set(
  (
    'a an the in on of for to from with and or by at is are be it its this that some all few more ' +
    'another one last previous commit commits minor small little tiny quick various several misc ' +
    'fix fixes fixed fixing fixup bug bugs bugfix issue issues problem problems error errors ' +
    'hotfix patch correct corrected resolve resolved solve solved close closes closed see refs ' +
    'add adds added adding new feature features support change changes changed update updates ' +
    'updated improve improved work stuff thing things test tests wip again ticket tickets number ' +
    'pr review reviews requested request comments build builds building compile compilation ' +
    'compiler warning warnings ci lint linter line lines length lengths file files code style ' +
    'typo typos coverage weird broken harmless wrong'
  ).split(' '),
);

const FIX_PREFIX = /^(?:bug ?|hot)?fix(?:es|ed)?(?:\([^)]*\))?!?:\s/i;

/** Sentences that say themselves that something is put right. */
const REMEDY =
  /^(?:fix|correct|repair|resolv|avoid|prevent|ensur|handl|do not|don't|should|never|always|stop|make sure|no longer|properly|correctly|allow|unbreak|restor|revert)/i;

/** Reads the subject of a message, which may go on over lines up to an empty one. */
export function readSubject(message: string): Subject {
  const sentence = firstSentence(message);
  const bare = clip(withoutNumbers(withoutPrefix(sentence)));
  // Without its prefix the sentence may read like what the code is for, not what was wrong with it.
  const isBareFix = FIX_PREFIX.test(sentence) && !REMEDY.test(bare);
  const text = isBareFix ? `Fix: ${bare}` : capitalize(bare);
  const words = text.toLowerCase().match(/\p{L}[\p{L}\p{N}_$]*/gu) ?? [];
  return { text, words: new Set(words.filter((word) => !PLAIN.has(word))).size };
}

/**
 * What a reader of a list wants to know of a change: what it was for, or else, where the commit
 * does not say, what the code does.
 */
export function describeChange({ text, words }: Subject, codeDescription: string): string {
  return words >= 1 ? text : codeDescription;
}

function firstSentence(message: string): string {
  const lines = message.trim().split('\n');
  const first = lines[0]?.trim() ?? '';
  const second = lines[1]?.trim() ?? '';
  // Some wrap their first sentence like a paragraph.
  const goesOn = first.length > 40 && !/[.!?:]$/.test(first) && /^[\p{Ll}`'"(]/u.test(second);
  const end = lines.findIndex((line) => line.trim() === '');
  const whole = goesOn
    ? lines
        .slice(0, end === -1 ? undefined : end)
        .map((line) => line.trim())
        .join(' ')
    : first;
  return whole.split(/(?<=\w{3}[.!?])\s+(?=\p{Lu})/u, 1)[0] ?? whole;
}

function withoutPrefix(subject: string): string {
  return subject
    .replace(
      /^(?:\[[^\]]*\]\s*|:[\w+-]+:\s*|[*•-]\s+|\p{Extended_Pictographic}\uFE0F?\s*|(?:#|gh-|issue[_ -])\d+\s*[:\-–]?\s*)+/iu,
      '',
    )
    .replace(
      /^(?:(?:fix(?:es|ed)?|feat(?:ure)?|bug ?fix|hotfix|bug|add|perf|chore|refactor)(?:\([^)]*\))?!?:|bug ?fix\.)\s*/i,
      '',
    );
}

/** Issue numbers say nothing without their tracker. */
function withoutNumbers(subject: string): string {
  return subject
    .replace(
      /[\s,;:.(–-]*\b(?:this |which |that )?(?:(?:should |also )?(?:fix(?:es|ed)?|clos(?:e|es|ed)|resolv(?:e|es|ed)|see|refs?)):? +(?:issue |bug |pr )?(?:#|gh-)\d+(?:(?:,| and)? *(?:#|gh-)\d+)*\)?[.!]?\s*$/i,
      '',
    )
    .replace(/(?:\s*\((?:[\w-]+\/[\w-]+)?(?:#|gh-)\d+(?:, *#\d+)*\))+/gi, '')
    .replace(
      /^(?:fix(?:es|ed)?|clos(?:e|es|ed)|resolv(?:e|es|ed)):? +(?:for +)?(?:issue )?(?:#?\d+\s*[:,\-–]|#\d+)\s*/i,
      '',
    )
    .replace(/\s+(?:#\d+|\[#\d+\])$/, '')
    .replace(/^\([^()]*\)$/, '')
    .replace(/[\s.,;:–-]+$/, '')
    .trim();
}

/** Names keep their first letter. */
function capitalize(text: string): string {
  return /^\p{Ll}[\p{Ll}'-]*(?:[\s,]|\.(?!\w)|$)/u.test(text)
    ? text.charAt(0).toUpperCase() + text.slice(1)
    : text;
}

function clip(text: string): string {
  if (text.length <= MAX_LENGTH) return text;
  const cut = text.lastIndexOf(' ', MAX_LENGTH - 1);
  return `${text.slice(0, cut > MAX_LENGTH / 2 ? cut : MAX_LENGTH - 1)}…`;
}
