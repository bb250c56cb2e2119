import type { Verdict } from '../../model/sessions/session.ts';

/** People judge in their first words; what follows is the next task. */
const LEAD = 240;
const SHOWN = 80;

const CONTENT =
  /^(?:(?:ok(?:ay)?|yes|yeah|yep|yup|great|nice|cool|awesome|wow|hey|alright|good)[\s,.!:-]{1,4}){0,3}(?:thanks|thank you|thx|ty\b|cheers|perfect|excellent|awesome|amazing|brilliant|wonderful|fantastic|great(?= (?:job|work)|\s?[.!,]|$)|nice(?= (?:job|work|one)|\s?[.!]|$)|good job|well done|lgtm|looks? (?:good|great|perfect)|(?:it|that|this|everything|all)(?: all)? (?:works|worked|looks good|is (?:good|great|perfect|working))|works(?: (?:now|great|fine|well|perfectly|for me|like a charm))?(?=\s?[.!,]|$)|(?:it'?s|that'?s|this is) (?:working|fixed|perfect|great|exactly)|all good|love (?:it|this)|ship it|merge (?:it|this)|(?:please )?commit(?: (?:it|this|that|these|them|the changes|your changes|and push)|\s?[.!]?$)|(?:please )?push (?:it|this)|tests? (?:now )?pass)/i;
const BUT =
  /\b(?:but|however|except|though|although|unfortunately|almost|still|not|n[o']t|isn'?t|doesn'?t|didn'?t)\b/i;
const UNHAPPY =
  /\b(?:still (?:fail|broken|not|doesn|don|see|seeing|get|getting|wrong|the same|crash|happen|have|has|shows?|an? )|(?:does|did|do|is|are)(?:n['’]?t| not) work|not working|no longer works?|doesn['’]?t (?:compile|build|run|start|help|fix)|(?:you|this|that|it) (?:just )?(?:broke|breaks)|that['’]?s (?:wrong|not (?:right|what|how|it|correct|working))|(?:this|that|it) is (?:wrong|incorrect|broken|not (?:right|what|how|correct))|(?:revert|undo) (?:it|this|that|your|the (?:last|change))|you (?:forgot|missed|removed|deleted|lied)|same (?:error|problem|issue)|i (?:still )?(?:don['’]?t|can['’]?t|cannot) see|(?:tests?|build|ci|it) (?:is|are|still|now)? ?(?:fails?|failing|failed|broken|red)|didn['’]?t (?:fix|help|work|change))/i;

/**
 * What a person said of the work so far; `undefined` where their words are no judgement of it. Words in
 * the middle of a long text are part of a task.
 */
export function verdictOf(words: string): Verdict | undefined {
  const lead = words.slice(0, LEAD).trim().replace(/\s+/g, ' ');
  const [first = ''] = lead.split(/(?<=[.!?]) |[;\n]/, 1);
  const said = first.slice(0, SHOWN);
  if (UNHAPPY.test(first)) return { isGood: false, said };
  return CONTENT.test(lead) && !BUT.test(first) ? { isGood: true, said } : undefined;
}
