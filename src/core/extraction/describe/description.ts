import { DIRECTIVE, LICENSE, withoutMarks, withoutMarkup, withoutOwnName } from './commentText.ts';
import type { FragmentKind, Language } from '../../model/code.ts';

/** Longer sentences are cut at a word. */
const MAX_LENGTH = 240;

/** Characters of a comment that are read for its first sentence. */
const MAX_COMMENT = 2_000;

/** Sentences that are looked at for one that says something. */
const MAX_SENTENCES = 3;

/**
 * The first sentences a doc comment or docstring says about the code, without its marks and markup;
 * none where it says nothing of the kind, as licences and directives do.
 *
 * @param name of what it is written for, with which it may begin
 */
export function firstSentences(whole: string, name = ''): readonly string[] {
  const comment = whole.slice(0, MAX_COMMENT);
  const isDoc = /^(?:\/\*\*|\/\/\/|\/\/!|[rRuU]*(?:"""|'''|"|'))/.test(comment);
  const plain = withoutOwnName(withoutMarks(comment), name);
  if (LICENSE.test(plain)) return [];
  return sentencesIn(firstParagraph(withoutMarkup(plain), isDoc))
    .filter((sentence) => /\p{L}{2}/u.test(sentence) && !/^\S+:\/\/\S+$/.test(sentence))
    .filter((sentence) => !OF_ORIGIN.test(sentence) && !OF_SOURCE.test(sentence))
    .map(clip);
}

/** Whose work it was before says nothing of what it does: said as such, or with the source named. */
const OF_ORIGIN =
  /^(?:(?:this|the|its|code|function|method|class|implementation|is|was|has|been) ){0,5}(?:mostly|partly|largely|heavily|originally|shamelessly|basically|is|was|been) (?:copied|cribbed|stolen|borrowed|lifted|ported|forked|back-?ported|adapted) (?:\S+ ){0,3}(?:from|of)\b/i;
const OF_SOURCE =
  /^(?:copied|cribbed|stolen|borrowed|lifted|ported|forked|back-?ported|adapted|derived|taken|inspired|based) (?:(?:\w+ ){0,3}(?:from|of)|by|on) (?:[\w’'-]+ ){0,6}(?:https?:|\S{1,80}\/\S|\S{1,80}\.(?:py|[jt]sx?|go|rs|[ch]|java|rb|php|cs|kt)\b)\S*$/i;

/** The first of `firstSentences`. */
export function firstSentence(whole: string): string | undefined {
  return firstSentences(whole)[0];
}

/** Of what a comment says after its first sentence; words beyond tell little more. */
const MAX_DETAILS = 600;

/**
 * What a doc comment says after its first sentence, in plain words on one line, at most 600
 * characters; empty where that is nothing, or no words of people.
 */
export function detailsAfter(sentence: string | undefined, whole: string): string {
  const plain = withoutMarks(whole.slice(0, MAX_COMMENT));
  if (LICENSE.test(plain)) return '';
  const said = withoutMarkup(plain.replace(ELEMENT, ' '))
    .split('\n')
    .map((line) => line.trim().replace(BRIEF, ''))
    .filter((line) => !DIRECTIVE.test(line))
    .map((line) => line.replace(TAG, '').replace(RULER, ' '))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
  const opening = sentence?.replace(/…$/, '') ?? '';
  const rest = said.startsWith(opening) ? said.slice(opening.length) : said;
  return rest.trim().slice(0, MAX_DETAILS).trimEnd();
}

/** What parameters and the like are written with: `@param {string} name` says `name`. */
const TAG = /(?<!\S)(?:[@\\]\w{1,40}|:\w{1,40}(?=[ :]))\s*(?:\{[^{}\n]{0,200}\})?/g;
/** Elements that C# writes comments in. */
const ELEMENT =
  /<\/?(?:summary|param|typeparam|returns|remarks|exception|example|value)\b[^<>\n]{0,100}>/g;
const RULER = /[-=*~_#+/\\|]{3,}/g;

/** The sentence with a capital letter, unless it begins with a name. */
export function beginSentence(sentence: string, name: string): string {
  const first = /^\p{Ll}[\p{Ll}'-]*(?=[\s,])/u.exec(sentence)?.[0];
  return first === undefined || first === name ? sentence : capitalize(sentence);
}

/** What a declaration is called, and where it stands. */
export interface NamedThing {
  readonly kind: FragmentKind;
  readonly language: Language;
  readonly name: string;
  /** The class or the groups of tests around it, outermost first. */
  readonly context: readonly string[];
  readonly signature: string;
  /** Belongs to what is around it; otherwise only stands in it. */
  readonly isMember: boolean;
}

/**
 * In plain words what the language means by a name or a head; empty for a name of the author's own,
 * which would only be repeated.
 */
export function phraseFor(thing: NamedThing): string {
  const { kind, language, name, context, signature } = thing;
  if (kind === 'test') return '';
  if (kind === 'class') return language === 'rust' ? phraseForImplementation(name, signature) : '';
  // What a companion object holds belongs to its class.
  const outer = context.filter((around) => around !== 'Companion').at(-1);
  if (outer !== undefined) {
    if (name === `~${outer}` || signature.includes(`~${outer}(`)) return `Destroys ${outer}`;
    const special = thing.isMember ? SPECIAL.get(name) : undefined;
    if (special !== undefined) return `${special} ${outer}`;
  }
  // Names of nothing but signs, such as `$`, have no words.
  return splitName(name) === '' ? `Function ${name}` : '';
}

/** Methods by which an object is called like a function: they do what their class is for. */
export const CALLED_LIKE_FUNCTION = /^(?:__call__|__invoke|operator ?\(\))$/;

/** Words of an identifier in lower case, acronyms kept: `parseJSONBody` → `parse JSON body`. */
export function splitName(name: string): string {
  return name
    .replace(/[_$\-@#./[\]]+/g, ' ')
    .replace(/((?<=\p{L})\p{Ll}|\d|\b\p{Ll}(?=\p{Lu}\p{Ll}))(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}(?!s(?:\P{Ll}|$))\p{Ll})/gu, '$1 $2')
    .trim()
    .split(/\s+/)
    .map((word) => (/^\p{Ll}?\p{Lu}[\p{Lu}\d]+s?$/u.test(word) ? word : word.toLowerCase()))
    .join(' ');
}

const SPECIAL = new Map(
  Object.entries({
    __enter__: 'Enters the context of',
    __exit__: 'Leaves the context of',
    __aenter__: 'Enters the context of',
    __aexit__: 'Leaves the context of',
    __iter__: 'Iterates over',
    __next__: 'Gives the next item of',
    __len__: 'Length of',
    __repr__: 'Text representation of',
    __str__: 'Text form of',
    __eq__: 'Equality of',
    __hash__: 'Hash of',
    __getitem__: 'Looks up an item of',
    __setitem__: 'Sets an item of',
    __delitem__: 'Removes an item of',
    __contains__: 'Membership in',
    __getattr__: 'Looks up an attribute of',
    __setattr__: 'Sets an attribute of',
    __del__: 'Releases',
    __destruct: 'Destroys',
    __toString: 'Text form of',
    __get: 'Looks up a property of',
    __set: 'Sets a property of',
    __call: 'Forwards calls on',
    toString: 'Text form of',
    ToString: 'Text form of',
    to_s: 'Text form of',
    inspect: 'Text representation of',
    hashCode: 'Hash of',
    GetHashCode: 'Hash of',
    equals: 'Equality of',
    Equals: 'Equality of',
    drop: 'Releases',
    default: 'Default value of',
    fmt: 'Formats',
    '[Symbol.iterator]': 'Iterates over',
    '[Symbol.asyncIterator]': 'Iterates over',
    '[Symbol.toPrimitive]': 'Plain value of',
  }),
);

function phraseForImplementation(name: string, signature: string): string {
  const trait = /^(?:unsafe )?impl(?:<[^{]*?>)? !?(?:\w+::)*(\w+).*? for /.exec(signature)?.[1];
  if (trait === undefined) return '';
  return `Implements ${trait} for ${trait.endsWith(name) ? 'whatever fits' : name}`;
}

function capitalize(phrase: string): string {
  return /^\p{Ll}\p{Lu}/u.test(phrase) ? phrase : phrase.charAt(0).toUpperCase() + phrase.slice(1);
}

const BRIEF = /^[@\\](?:brief|summary|short|description|desc|details|remarks?)\b:?\s*/;

/** Lines after which nothing describes the code any more. */
const END =
  /^(?:[@\\][a-zA-Z](?![\w-]*\/)|:(?:param|type|returns?|rtype|raises?|var|arg)|(?:args?|arguments|parameters?|params|returns?|raises|throws|yields?|examples?|usage|note|notes|see also|options|attributes)\s*:?\s*$|\.\. [\w:-]+::|```|~~~|>>> |-{3,}$|={3,}$)/i;

function firstParagraph(text: string, isDoc: boolean): string {
  const lines: string[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.trim().replace(BRIEF, '');
    const use = useOf(line, isDoc, goesOn(lines.at(-1)));
    // Code that was commented out comes with what was said about it.
    if (use === 'end' || (use === 'code' && lines.length === 0)) break;
    if (use === 'words') {
      if (isDoc && isTitle(lines.at(-1)) && /^\p{Lu}/u.test(line)) break;
      if (lines.length > 0 && /^[\p{L} ]+:: /u.test(line)) break;
      lines.push(line.replace(/^[-=*~#]{2,}\s*|\s*[-=*~#]{2,}$/g, ''));
    } else if (lines.length > 0) break;
  }
  return joinLines(lines)
    .replace(/^(?:#\d+:?\s*|\|\s+|(?:Public|Internal|Private):\s+(?=\p{Lu}))/u, '')
    .replace(INLINE_TAG, '')
    .replace(/\s+/g, ' ')
    .replace(/ (?=[.,;:](?: |$))/g, '')
    .replace(/^([\p{L} ]+)::(?= )/u, '$1:')
    .trim();
}

/** How sentences begin, when a capital letter stands there for no name. */
const STARTER =
  /^(?:this|it|the|these|those|if|when|returns?|note|code|see|uses?|used|for|by|in|an?|also|however|otherwise|only|should|must|can|will|calls?|called|makes?|creates?|takes?|gets?|sets?|similar|works?|instead|unlike|assumes?|expects?|supports?|handles?|given|because|since|while|after|before|as|you|we|does|do|not)$/i;
/** After these a sentence goes on. */
const GOES_ON =
  /(?:[^\p{L}\p{N})"'`]|(?<![\p{L}\p{N}])(?:the|an?|of|in|on|to|for|by|with|from|at|as|is|are|be|was|and|or|but|not|if|when|that|which|this|these|its|their|your|our|no|any|all|each|than|into|via))$/iu;

/** One after the other; who leaves out the point at the end of a line begins the next one anew. */
function joinLines(lines: readonly string[]): string {
  return lines.reduce((text, line) => {
    const first = /^\p{Lu}\p{Ll}*(?= )/u.exec(line)?.[0] ?? '';
    const isNew = STARTER.test(first) && !GOES_ON.test(text);
    if (text === '') return line;
    return `${text}${isNew ? '. ' : ' '}${line}`;
  }, '');
}

/** A short line without an end, after which a capital letter starts a sentence. */
function isTitle(line: string | undefined): boolean {
  return line !== undefined && line.length < 40 && line !== '' && !/[.!?,:;(]$/.test(line);
}

const INLINE_TAG = /\s@(?:param|returns?|throws|var|see|type)\b.*$/s;

/** Whether a sentence that began on this line ends on a later one. */
function goesOn(line: string | undefined): boolean {
  return line !== undefined && /[\p{L}\p{N},)"'`]$/u.test(line);
}

function useOf(line: string, isDoc: boolean, isRest: boolean): 'words' | 'none' | 'code' | 'end' {
  if (isDoc && SECTION.test(line)) return 'end';
  if (DIRECTIVE.test(line) || NO_PROSE.test(line) || KIND_ONLY.test(line)) return 'none';
  if (END.test(line)) return isDoc ? 'end' : 'none';
  const looksLikeCode = isDoc ? EXAMPLE.test(line) : isCode(line, isRest);
  return looksLikeCode ? 'code' : 'words';
}

/** Headings of Markdown above what says nothing of what the code does. */
const SECTION =
  /^#{1,6}\s+(?:panics|safety|errors|examples?|arguments|parameters|returns|see also|notes?)\s*:?$/i;

/** A docstring that only shows how to use what it stands in. */
const EXAMPLE = /^[\w.]+ = (?:await |new )?[\w.]+[([{]|^(?:from|import) [\w.]+(?: import | as |$)/;

/** Headings, rulers and empty lines. */
const NO_PROSE = /^(?:#{1,6}\s.*|=+\s.*|[-=*~_#+/\\|<>.\s]*)$/;

/** Says only what kind of declaration follows, which is plain to see. */
const KIND_ONLY =
  /^(?:(?:the|a|default|class|public|private|empty) )*(?:constructor|destructor|c'?tor|getter|setter|accessor|method|function|class|interface|override|overrides?|inherited)[.:]?$/i;

/**
 * True for code that was commented out rather than words.
 *
 * @param isRest whether a sentence may go on here, in which `if`, `for` and `from` are words
 */
function isCode(line: string, isRest: boolean): boolean {
  const isStatement =
    /^(?:const|let|var|return|if|for|while|def|import|from|end)\b.*[=(:]/.test(line) &&
    !(isRest && /^(?:if|for|while|from|end)\s+[\p{L}'-]+,?\s+[\p{L}'-]+[\s,.]/u.test(line));
  return (
    isStatement ||
    /[;{}]$|^\}|^<\/?\w+/.test(line) ||
    /^[\w.]+\(.*\)$/.test(line) ||
    /^[\w.]+\s*=\s*\S+/.test(line)
  );
}

function sentencesIn(paragraph: string): readonly string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const end of paragraph.matchAll(SENTENCE_END)) {
    const sentence = paragraph.slice(start, end.index + 1);
    if (ABBREVIATED.test(sentence)) continue;
    sentences.push(sentence.trim());
    start = end.index + 1;
    if (sentences.length === MAX_SENTENCES) return sentences;
  }
  const rest = paragraph.slice(start).trim();
  return rest === '' ? sentences : [...sentences, rest];
}

const SENTENCE_END = /[.!?](?=\s+[\p{Lu}\p{N}("'[<])|[.!?]$|[。！？]/gu;
const ABBREVIATED =
  /(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|resp|incl|no|vol|fig|sec|ch|eq|ref|pp|al|dr|mr|st)|\s\p{Lu}|^\w{1,2})\.$/iu;

function clip(text: string): string {
  if (text.length <= MAX_LENGTH) return text;
  const cut = text.lastIndexOf(' ', MAX_LENGTH - 1);
  return `${text.slice(0, cut > MAX_LENGTH / 2 ? cut : MAX_LENGTH - 1).replace(/[,;:\s]+$/, '')}…`;
}
