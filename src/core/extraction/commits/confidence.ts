import { type Edit, readEdit, toLines } from './edits.ts';

/** What speaks for or against one before/after pair as a lesson. */
export interface ChangeSigns {
  /** Confidence of the commit's classification, 0 to 1. */
  readonly clarity: number;
  readonly kind: 'fix' | 'feature';
  readonly before: string;
  readonly after: string;
  readonly testsChanged: boolean;
  readonly linkedIssue: boolean;
  /** Functions the commit changed in all, at least 1. */
  readonly functions: number;
  /** This function's share of the commit's largest edit, 0 to 1. */
  readonly share: number;
  /** Telling words of the commit's subject. */
  readonly words: number;
  /** Share of these words that this change holds, 0 to 1; see `Answering.sharesOf`. */
  readonly answer: number;
  /** The largest `answer` of the commit's changes. */
  readonly bestAnswer: number;
}

/** What each sign counts; together 1. */
const WEIGHTS = {
  both: 0.17,
  focus: 0.16,
  answers: 0.12,
  told: 0.11,
  logic: 0.11,
  central: 0.08,
  tests: 0.08,
  alone: 0.07,
  context: 0.06,
  issue: 0.04,
};

/** What is left of a pair whose signature alone differs, whatever else speaks for it. */
const SIGNATURE_ONLY = 0.5;

/** What is left of a pair that only gives things other names, where the commit does so throughout. */
const RENAMES_ONLY = 0.5;

/** What is left of a pair that holds no word of the subject where another of its commit does. */
const BESIDE = 0.4;

/** What is left of a pair of whose edit no line names anything, such as an `else` alone. */
const NAMES_NOTHING = 0.4;

/**
 * Confidence of a pair, 0 to 1, from how clearly the message says what the commit is, whether
 * there is both a before and an after and how substantial the code is, which alone put most pairs
 * at one value, and from what tells lessons apart: `clarity` times the weighted mean
 * of the signs below, each 0 to 1, less where only the signature or the names of things differ, where
 * the subject tells of other changes, and where the edit says nothing.
 */
export function rateChange(signs: ChangeSigns): number {
  const edit = readEdit(signs.before, signs.after);
  const measured: Readonly<Record<keyof typeof WEIGHTS, number>> = {
    both: pairedness(signs),
    focus: 1 / (1 + Math.max(0, edit.removed.length + edit.added.length - 2) / 16),
    answers: Math.min(1, 2 * signs.answer),
    told: 1 - 0.75 ** signs.words,
    logic: [...edit.removed, ...edit.added].some((line) => LOGIC.test(line)) ? 1 : 0.3,
    central: signs.share,
    tests: Number(signs.testsChanged),
    context: contextOf(signs.after),
    alone: 1 / Math.sqrt(Math.max(1, signs.functions)),
    issue: Number(signs.linkedIssue),
  };
  let worth = 0;
  for (const [sign, weight] of Object.entries(WEIGHTS)) {
    worth += weight * measured[sign as keyof typeof WEIGHTS];
  }
  const reach = isInBody(signs) ? 1 : SIGNATURE_ONLY;
  const newness = signs.functions > 1 && isRename(signs, edit) ? RENAMES_ONLY : 1;
  const matter = signs.answer === 0 && signs.bestAnswer > 0 ? BESIDE : 1;
  const saying = namesNothing(edit) ? NAMES_NOTHING : 1;
  return Math.round(signs.clarity * worth * reach * newness * matter * saying * 1000) / 1000;
}

function isInBody({ before, after }: ChangeSigns): boolean {
  return before === '' || bodyOf(before) !== bodyOf(after);
}

/** Words that are not read as a name: those of the languages themselves, however they are spelled. */
function namesNothing({ removed, added }: Edit): boolean {
  return ![...removed, ...added].some((line) =>
    (line.match(WORD) ?? []).some((word) => !BARE.has(word.toLowerCase())),
  );
}

const WORD = /[\p{L}_$][\p{L}\p{N}_$]*|\p{N}+/gu;
const BARE = new Set(
  'if else elif elsif unless then end try catch except finally ensure rescue do while for in loop pass return begin not and or'.split(
    ' ',
  ),
);

/** An added function has no before; one of a few lines, such as an accessor, teaches nothing. */
function pairedness({ kind, before, after }: ChangeSigns): number {
  if (before !== '') return 1;
  return (kind === 'fix' ? 0.2 : 0.4) * Math.min(1, toLines(after).length / 12);
}

/** 1 for a function that shows the edit at a glance, less the longer it is or if it is tiny. */
function contextOf(after: string): number {
  const lines = toLines(after).length;
  return lines < 4 ? lines / 6 : Math.min(1, 16 / lines);
}

/** Words of conditions, failures and absent values: what fixes are about. */
const LOGIC =
  /\b(?:if|elif|else|unless|when|match|switch|case|for|while|until|try|catch|except|rescue|ensure|finally|defer|return|throw|raise|yield|await|lock|null|nil|None|undefined|not|and|or)\b|[!=<>]=|&&|\|\||\?\?|\?\.|\?:/;

/** True where each name gave way to one that is new here, everywhere. */
function isRename({ before, after }: ChangeSigns, { removed, added }: Edit): boolean {
  if (before === '' || removed.length !== added.length) return false;
  const renamed = renamedNames(removed.join('\n'), added.join('\n'));
  if (renamed === undefined || renamed.size === 0) return false;
  const inBefore = new Set(before.match(TOKEN));
  const inAfter = new Set(after.match(TOKEN));
  return [...renamed].every(([name, other]) => !inAfter.has(name) && !inBefore.has(other));
}

/** New names by old ones; `undefined` where more differs. */
function renamedNames(before: string, after: string): ReadonlyMap<string, string> | undefined {
  const former = before.match(TOKEN) ?? [];
  const later = after.match(TOKEN) ?? [];
  if (former.length !== later.length) return undefined;
  const renamed = new Map<string, string>();
  for (const [at, name] of former.entries()) {
    const other = later[at] ?? '';
    if (name === other) continue;
    const isName = NAME.test(name) && NAME.test(other);
    if (!isName || (renamed.get(name) ?? other) !== other) return undefined;
    renamed.set(name, other);
  }
  return renamed;
}

const TOKEN = /[\p{L}_$][\p{L}\p{N}_$]*|\p{N}+|\S/gu;
const NAME = /^[\p{L}_$]/u;

/** What follows the first line that opens a block, or the first line where none does. */
function bodyOf(text: string): string {
  const opening = /[{:]\s*\n/.exec(text);
  const at = opening === null ? text.indexOf('\n') : opening.index + opening[0].length;
  return at === -1 ? text : text.slice(at).replace(/\s+/g, ' ');
}
