import type { Verdict } from '../../model/sessions/session.ts';

/** People judge in their first words; what follows is the next task. */
const LEAD = 240;
/** A longer sentence is told by the words in it that judge. */
const LONGEST_SAID = 80;

const CONTENT =
  /^(?:(?:ok(?:ay)?|yes|yeah|yep|yup|great|nice|cool|awesome|wow|hey|alright|good)[\s,.!:-]{1,4}){0,3}(?:(?:thanks|thank you|thx|ty|cheers|perfect|excellent|awesome|amazing|brilliant|wonderful|fantastic|good job|well done|lgtm|looks? (?:good|great|perfect)|(?:it|that|this|everything|all)(?: all)? (?:works|worked|looks good|is (?:good|great|perfect|working))|(?:it'?s|that'?s|this is) (?:working|fixed|perfect|great|exactly)|all good|love (?:it|this)|ship it|tests? (?:now )?pass)\b|great(?= (?:job|work)\b|\s?[.!,\n]|$)|nice(?= (?:job|work|one)\b|\s?[.!\n]|$)|works(?: (?:now|great|fine|well|perfectly|for me|like a charm))?(?=\s?[.!,\n]|$)|(?:please )?(?:merge|push|commit) (?:it|this|that|these|them|the changes|your changes|and push)(?=\s?[.!,\n]|$)|(?:please )?commit(?=\s?[.!\n]|$))/i;
/** Praise that goes on with one of these may be the beginning of a complaint. */
const BUT =
  /\b(?:but|however|except|though|although|unfortunately|almost|still|only|nothing|no longer|not|n[o']t|isn'?t|doesn'?t|didn'?t|crash\w{0,3}|throw(?:s|n|ing)?|\w{0,40}(?:error|exception)s?|fail\w{0,4}|br(?:eaks?|oken?|oke)|wrong|bugs?|problems?|issues?|missing|hangs?|fre(?:ezes?|ezing)|froze|stuck|instead|[45]\d\d)\b/i;
const UNHAPPY =
  /\b(?:still (?:fail|broken|not|doesn|don|see|seeing|get|getting|wrong|the same|crash|happen|have|has|shows?|an? )|(?:does|did|do|is|are)(?:n['’]?t| not) work|not working|no longer works?|doesn['’]?t (?:compile|build|run|start|help|fix)|(?:you|this|that|it) (?:just )?(?:broke|breaks)|that['’]?s (?:wrong|not (?:right|what|how|it|correct|working))|(?:this|that|it) is (?:wrong|incorrect|broken|not (?:right|what|how|correct))|(?:revert|undo) (?:it|this|that|your|the (?:last|change))|you (?:forgot|missed|removed|deleted|lied)|same (?:error|problem|issue)|i (?:still )?(?:don['’]?t|can['’]?t|cannot) see|(?:tests?|build|ci|it) (?:(?:(?:is|are|still|now) ){1,2}(?:failing|broken|red)|(?:(?:still|now) )?(?:fails?|failed)\b)|didn['’]?t (?:fix|help|work|change))/i;
/** What is to be done, or when, may speak of a fault that nobody made. */
const IS_TASK =
  /^(?:please )?(?:write|add|make|create|let|ensure|check|test|find|show|tell|explain|describe|handle|retry|print|log|return|when|whenever|if|once|until|unless|in case)\b/i;
const ASKS_WHY = /^(?:but |and |so )?(?:why|how come)\b/i;

/**
 * What a person said of the work so far; `undefined` where their words are no judgement of it, or may be
 * none. Words in the middle of a long text are part of a task.
 */
export function verdictOf(words: string): Verdict | undefined {
  const told = words.trimStart();
  const sentences = told
    .slice(0, LEAD)
    .split(/(?<=[.!?])\s|[;\n]/)
    .map(squeezed)
    .filter((sentence) => sentence !== '');
  const [first = ''] = sentences;
  // What is left of a secret that was cut through is not recognised as one.
  const isWhole =
    first.length <= LONGEST_SAID && (sentences.length > 1 || told.trimEnd().length <= LEAD);
  const saidBy = (judging: string): string => (isWhole ? first : squeezed(judging));
  const isQuestion = first.endsWith('?');
  const complaint = IS_TASK.test(first) ? null : UNHAPPY.exec(first);
  if (complaint !== null) {
    if (isQuestion && !ASKS_WHY.test(first)) return undefined;
    return { isGood: false, said: saidBy(complaint[0]) };
  }
  const lead = sentences.join('\n');
  const praise = isQuestion || BUT.test(lead) ? null : CONTENT.exec(lead);
  return praise === null ? undefined : { isGood: true, said: saidBy(praise[0]) };
}

function squeezed(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
