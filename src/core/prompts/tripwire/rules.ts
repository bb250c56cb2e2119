import { localized, type LocalizedText } from '../../model/localizedText.ts';

/**
 * Words of each group, in any order, within so many words of one another. What stands apart from its
 * neighbours in code, such as names and comments, is one run of words.
 */
export interface WordRule {
  readonly points: number;
  readonly within: number;
  readonly groups: readonly string[];
  readonly sign: LocalizedText;
}

/** Signs that words do not show. */
export interface MarkRule {
  readonly points: number;
  /** Linear on any text: bounded repetition and no alternatives that overlap. */
  readonly mark: RegExp;
  readonly sign: LocalizedText;
}

const OVERRIDES =
  'ignore ignoring disregard forget override overrides bypass discard neglect supersede overrule violate ignoriere ignorieren vergiss missachte ignora ignorar olvida ignorez oubliez';
const ORDERS =
  'instruction instructions guideline guidelines directive directives guardrail guardrails programming anweisung anweisungen instrucciones instrucción consignes';
/** What programs have as well. */
const RULES =
  'prompt prompts rule rules policy policies constraint constraints orders regeln reglas règles';
const EARLIER =
  'previous previously prior above earlier preceding foregoing system original initial developer your vorherigen vorigen bisherigen anteriores previas précédentes';
const MODELS = 'ai llm chatbot claude copilot chatgpt gpt gemini llama codex agents';
const DUTIES = 'must never always shall should cannot required ensure please need obey';

const OVERRIDE = localized`tells to ignore earlier instructions`;
const ADDRESS = localized`tells a language model what it must do`;
const PERSONA = localized`gives a language model another role`;
const CONCEAL = localized`asks to keep something from people`;
const SINK = localized`asks to send secrets somewhere`;
const TOOL = localized`asks to run something`;
const BOUNDARY = localized`pretends that quoted text ends or that instructions begin`;
const LEAK = localized`asks for hidden instructions`;
const WEAKEN = localized`asks to pass over checks`;

/** An alarm takes three points. */
export const WORD_RULES: readonly WordRule[] = [
  { points: 3, within: 8, groups: [OVERRIDES, ORDERS, EARLIER], sign: OVERRIDE },
  { points: 2, within: 8, groups: [OVERRIDES, RULES, EARLIER], sign: OVERRIDE },
  {
    points: 2,
    within: 6,
    groups: [
      OVERRIDES,
      ORDERS,
      'all any other every these those existing safety security alle todas toutes',
    ],
    sign: OVERRIDE,
  },
  {
    points: 3,
    within: 8,
    groups: [
      'forget disregard ignore',
      'everything anything whatever',
      'above before previously told said learned know instructed earlier',
    ],
    sign: OVERRIDE,
  },
  {
    points: 2,
    within: 8,
    groups: [
      'new real actual updated true',
      'instruction instructions directive directives orders objective',
      'follow obey instead your execute are',
    ],
    sign: OVERRIDE,
  },
  { points: 2, within: 10, groups: [MODELS, DUTIES], sign: ADDRESS },
  { points: 1, within: 6, groups: ['assistant agent model bot', DUTIES], sign: ADDRESS },
  { points: 1, within: 4, groups: ['you your', 'must never always shall obey'], sign: ADDRESS },
  {
    points: 1,
    within: 6,
    groups: [
      'important critical attention urgent note priority',
      `${MODELS} assistant agent instruction instructions`,
    ],
    sign: ADDRESS,
  },
  { points: 2, within: 4, groups: ['you', 'are', 'now'], sign: PERSONA },
  { points: 1, within: 3, groups: ['from', 'now', 'on'], sign: PERSONA },
  {
    points: 2,
    within: 6,
    groups: ['you your', `${MODELS} assistant agent model`, 'are as act pretend role'],
    sign: PERSONA,
  },
  {
    points: 2,
    within: 8,
    groups: [
      'act pretend roleplay behave respond',
      'as like be',
      'ai assistant dan unrestricted administrator hacker jailbroken',
    ],
    sign: PERSONA,
  },
  { points: 2, within: 1, groups: ['jailbreak jailbroken uncensored'], sign: PERSONA },
  {
    points: 2,
    within: 8,
    groups: [
      'not never don dont without avoid refrain',
      'tell telling mention mentioning inform informing reveal disclose notify warn alert',
      'user users developer developers human humans anyone person operator reviewer maintainer them',
    ],
    sign: CONCEAL,
  },
  {
    points: 1,
    within: 6,
    groups: [
      'secretly silently covertly quietly stealthily discreetly',
      'send add insert include run install upload execute exfiltrate change modify delete disable',
    ],
    sign: CONCEAL,
  },
  {
    points: 2,
    within: 7,
    groups: [
      'reveal print output repeat show dump leak display expose echo recite share',
      'prompt instructions',
      'system hidden initial your original confidential',
    ],
    sign: LEAK,
  },
  {
    points: 2,
    within: 10,
    groups: [
      'end begin beginning start close finish',
      'pattern patterns data context document example examples quote fence section untrusted input',
      'instruction instructions system prompt message trusted',
    ],
    sign: BOUNDARY,
  },
  {
    points: 1,
    within: 8,
    groups: [
      'run execute call invoke launch',
      'command commands shell terminal tool bash script powershell',
      'following must immediately first before please always now',
    ],
    sign: TOOL,
  },
  { points: 2, within: 14, groups: ['curl wget', 'http https', 'sh bash eval'], sign: TOOL },
  { points: 1, within: 2, groups: ['rm', 'rf'], sign: TOOL },
  {
    points: 1,
    within: 16,
    groups: [
      'secret secrets token tokens credential credentials password passwords key keys env cookie cookies ssh',
      'send post upload forward transmit email leak append paste',
      'http https url server webhook endpoint address attacker external remote',
    ],
    sign: SINK,
  },
  { points: 2, within: 1, groups: ['exfiltrate exfiltration'], sign: SINK },
  {
    points: 2,
    within: 10,
    groups: [
      'disable skip remove deactivate bypass approve merge',
      'authentication authorization validation security safety verification checks tests review',
      `you please ${MODELS} assistant`,
    ],
    sign: WEAKEN,
  },
];

export const MARK_RULES: readonly MarkRule[] = [
  {
    points: 3,
    mark: /<\|(?:im_start|im_end|system|user|assistant|endoftext|eot_id|start_header_id|end_header_id)\|>|\[\/?INST\]|<<\/?SYS>>/i,
    sign: localized`holds marks that divide a chat with a language model`,
  },
  {
    points: 2,
    mark: /<\/?(?:important|system|instructions?|assistant|admin|prompt|override|tool_call|function_calls?|IMPORTANT|SYSTEM|INSTRUCTIONS?)>/,
    sign: BOUNDARY,
  },
  {
    points: 1,
    mark: /^[ \t#*/>"'-]{0,20}(?:system|assistant|SYSTEM|ASSISTANT|System|Assistant)[ \t]{0,3}:[ \t]{0,3}\p{L}/mu,
    sign: BOUNDARY,
  },
  {
    points: 3,
    mark: /[\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u,
    sign: localized`holds characters that change how text is read without being seen`,
  },
  {
    points: 2,
    mark: /\p{L}[\u200b-\u200d\u2060-\u2064\u00ad\ufeff]\p{L}/u,
    sign: localized`holds invisible characters within words`,
  },
];
