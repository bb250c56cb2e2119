import { isOwn } from '../../../library/read/listing.ts';
import { isChange } from '../../../library/read/symbols.ts';
import { REUSE_GROUPS, type ReuseGroup } from '../../../model/api/find.ts';
import type { ListedRow, Symbols } from '../../../model/ports/listing.ts';
import { isCandidate } from '../oneRowAFunction.ts';
import type { Corpus } from '../../../model/ports/corpus.ts';
import type { Grouped } from './areas.ts';
import { countCallers } from './callers.ts';
import { namesOf } from './names.ts';
import { isOfProtocol, isOverride, isPillar, isTool, ownerPlaceOf, placeOf } from './purpose.ts';

/** Files beside its own that use a helper, as far as names tell. */
const LEAST_USERS = 2;
/** The same for a name of one word, which others use for other things. */
const LEAST_USERS_OF_A_WORD = 4;
/** Places from which on the same code, but for names and values, was worth writing again. */
const LEAST_PLACES = 3;
/** A single expression is worth a row only where it is used all over the project. */
const TINY_LINES = 4;
const USERS_OF_TINY = 5;
/** A member that does not say what it is for. */
const USERS_OF_A_MEMBER = 3;
/** A name that so many functions have is called by something that does not care whose it is. */
const MOST_NAMESAKES = 2;

/** Folders whose code shows how the project is used, or how fast it is; further in, parts of it. */
const SHOWN_ONLY =
  /^(?:(?:packages|crates|apps|projects)\/(?:[^/]+\/)?)?[_.]?(?:example|sample|demo|tutorial|playground|docs?|bench|benchmark)\//i;
/** These are so wherever they lie, but among sources. */
const ALL_SHOWN_ONLY =
  /^(?:(?!(?:src|source|lib|app)\/)[^/]+\/)*[_.]?(?:examples|samples|demos|tutorials|benches|benchmarks)\//i;

/** How Rust calls what makes a value of a type. */
const RUST_CONSTRUCTOR = /^(?:from|new|with)_/;

/** Failures are met where they are thrown. */
const FAILURE = /(?:Error|Exception|Failure|Warning)$/;

/** What every class or module has, and what the language or a framework calls. */
const PLUMBING =
  /^(?:__\w+__|constructor|initialize|init|new|default|main|clone|copy|fmt|drop|(?:try_)?(?:from|into)|from_str|as_(?:ref|mut)|to_?(?:string|s|h|a|json|param)|inspect|equals|hash_?code|get_?hash_?code|string|error|unwrap|is_?valid|dispose|close|render|call|run|handle|execute|set_?up|tear_?down|up|down|change|perform|index|show|create|update|destroy|edit|get|set|add|put|has|next|hash|eq|cmp|partial_?cmp|deref|serve_?http|round_?trip|(?:un)?marshal_?(?:json|xml|yaml|toml|text|binary|bson)|compare_?to|get_?iterator|json_?serialize|offset_?(?:get|set|exists|unset))$/i;

export interface ReuseContext {
  readonly symbols: Symbols;
  readonly corpus: Pick<Corpus, 'documents'>;
  readonly wantsTests: boolean;
}

/**
 * What one would use again, group by group, in the order of `REUSE_GROUPS`. Accessors, plumbing, parts
 * of functions, what handles a single route or event, tests and what is gone are left to search.
 */
export function reusableAmong(
  rows: readonly ListedRow[],
  { symbols, corpus, wantsTests }: ReuseContext,
): Grouped {
  const present = rows.filter((row) => !isChange(row) && !symbols.isGone(row.id));
  const around = surroundings(present);
  const groups = new Map<ReuseGroup, ListedRow[]>(REUSE_GROUPS.map((group) => [group, []]));
  for (const row of present) {
    const group = groupOf(row, around);
    if (group !== undefined && (group !== 'tests' || row.kind === 'idiom' || wantsTests)) {
      groups.get(group)?.push(row);
    }
  }
  groups.set('helpers', mostHelpful(withoutHandedOut(groups.get('helpers') ?? [], corpus)));
  groups.set('recurring', tellingShapes(groups.get('recurring') ?? [], corpus));
  const learned = LEARNED.reduce((count, group) => count + (groups.get(group)?.length ?? 0), 0);
  if (learned < FEW) groups.set('others', standalone(present, around, corpus));
  return groups;
}

/**
 * Leaves out functions whose only line reads or sets a value, as accessors do whatever they are called,
 * and methods that a base class calls.
 */
function withoutHandedOut(
  rows: readonly ListedRow[],
  corpus: ReuseContext['corpus'],
): readonly ListedRow[] {
  const read = rows.filter(
    (row) => row.kind === 'function' && (row.complexity === 1 || namesOf(row).owner !== ''),
  );
  const texts = corpus.documents(read.map(({ rowId }) => rowId));
  const byId = new Map(texts.map((text) => [text.id, text]));
  return rows.filter((row) => {
    const text = byId.get(row.id);
    if (text === undefined) return true;
    const { name, owner } = namesOf(row);
    if (row.complexity === 1 && handsOut(text.template)) return false;
    return owner === '' || !isOverride(text.code, name);
  });
}

/** Words, names and signs of a template below which many functions are alike by chance. */
const LEAST_TOKENS = 40;

/** Without shapes so short that what has them in common is the language: one condition, one value set. */
function tellingShapes(rows: readonly ListedRow[], corpus: ReuseContext['corpus']): ListedRow[] {
  const texts = corpus.documents(rows.map(({ rowId }) => rowId));
  const short = new Set(
    texts
      .filter(({ template }) => (template.match(/[\w$]+|[^\s\w]/g) ?? []).length < LEAST_TOKENS)
      .map(({ id }) => id),
  );
  return rows.filter(({ id }) => !short.has(id));
}

function handsOut(template: string): boolean {
  const lines = template.split('\n').filter((line) => !/^\s*(?:[@[#]|[})\];]+$|end$)/.test(line));
  const [, body, more] = lines;
  return body !== undefined && more === undefined && !body.includes('(');
}

/** With fewer rows a list says too little of a project. */
const FEW = 6;
/** More functions of a single file nobody reads for the sake of using them. */
const MOST_OTHERS = 8;
/** What only a project of some size has. */
const LEARNED: readonly ReuseGroup[] = ['idioms', 'helpers', 'recurring'];

/**
 * What others would use if they knew of it: functions that stand by themselves and say what they are
 * for or have several callers, and members and classes that have both.
 */
function standalone(
  present: readonly ListedRow[],
  around: Around,
  corpus: ReuseContext['corpus'],
): ListedRow[] {
  const whole = present.filter(
    (row) => groupOf(row, around) === undefined && isWhole(row, around) && !isOthersMember(row),
  );
  if (whole.length === 0) return [];
  const callers = countCallers(present, corpus);
  const isUsed = ({ id }: ListedRow): boolean => (callers.get(id) ?? 0) >= LEAST_CALLERS;
  const isBoth = (row: ListedRow): boolean => row.documented && isUsed(row);
  const isEither = (row: ListedRow): boolean => row.documented || isUsed(row);
  const isFree = (row: ListedRow): boolean => row.kind === 'function' && namesOf(row).owner === '';
  const chosen = whole.filter((row) => (isFree(row) ? isEither(row) : isBoth(row)));
  return mostHelpful(chosen).slice(0, MOST_OTHERS);
}

/** In their own file too. */
const LEAST_CALLERS = 2;

/** A function with a purpose of its own, or a class that says what it is for. */
function isWhole(row: ListedRow, around: Around): boolean {
  if (row.kind !== 'function' && (row.kind !== 'class' || !row.documented)) return false;
  if (row.inTests || row.complexity < 2 || isPillar(row)) return false;
  return !isPart(row, around) && !isPlumbing(row);
}

interface Around {
  /** Where functions stand, as `placeOf` says. */
  readonly functions: ReadonlySet<string>;
  /** In how many places a function has a name. */
  readonly namesakes: ReadonlyMap<string, number>;
  /** Where the classes stand that the program is built of, as `placeOf` says. */
  readonly pillars: ReadonlySet<string>;
}

function surroundings(rows: readonly ListedRow[]): Around {
  const functions = rows.filter(({ kind, inTests }) => kind === 'function' && !inTests);
  const namesakes = new Map<string, number>();
  for (const row of functions) {
    const { name } = namesOf(row);
    namesakes.set(name, (namesakes.get(name) ?? 0) + row.support);
  }
  const pillars = new Set(rows.filter(isPillar).map(placeOf));
  return { functions: new Set(functions.map(placeOf)), namesakes, pillars };
}

function groupOf(row: ListedRow, around: Around): ReuseGroup | undefined {
  if (isOwn(row)) return 'own';
  if (row.kind === 'test') return 'tests';
  if (row.kind === 'idiom') return groupOfIdiom(row);
  if (row.source === 'imported') return 'packs';
  if (row.inTests || isPart(row, around) || isPlumbing(row)) return undefined;
  if (row.mentions >= LEAST_USERS) return isHelper(row, around) ? 'helpers' : undefined;
  return row.support >= LEAST_PLACES && row.complexity > 1 ? 'recurring' : undefined;
}

function groupOfIdiom(row: ListedRow): ReuseGroup | undefined {
  if (isCandidate(row)) return undefined;
  return row.inTests ? 'tests' : 'idioms';
}

function isPlumbing(row: ListedRow): boolean {
  const { name, owner } = namesOf(row);
  if (row.isRegistered || row.isAccessor || name === owner || isShownOnly(row)) return true;
  // What has no name of its own is called by its route or by the test it stands in.
  return PLUMBING.test(name) || !/^[\p{L}_$#@][\p{L}\p{N}_$]*[?!=]?$/u.test(name);
}

function isShownOnly({ path }: ListedRow): boolean {
  return path !== null && (SHOWN_ONLY.test(path) || ALL_SHOWN_ONLY.test(path));
}

/** Whether it stands within a function, from where nobody else can call it. */
function isPart({ path, qualifiedName }: ListedRow, { functions }: Around): boolean {
  for (let at = qualifiedName.lastIndexOf('.'); at > 0;) {
    const around = qualifiedName.slice(0, at);
    if (functions.has(placeOf({ path, qualifiedName: around }))) return true;
    at = around.lastIndexOf('.');
  }
  return false;
}

/**
 * What one can call for a purpose. A class is so where it lies among tools: the others that many files
 * use are what the program speaks of, which whoever works on it knows, and so are the methods of the
 * largest. Which method a name of one word means depends on what it is called on, so that mentions say
 * nothing.
 */
function isHelper(row: ListedRow, around: Around): boolean {
  const { kind, documented, complexity, lines, mentions } = row;
  if (kind === 'class') return documented && isTool(row) && !FAILURE.test(row.qualifiedName);
  if (isOthersMember(row) || isPage(row) || !isCalledForItself(row, around)) return false;
  if (mentions < leastUsers(row)) return false;
  return complexity > 1 || lines >= TINY_LINES || mentions >= USERS_OF_TINY;
}

/** Whether others mean it when they say its name, and call it rather than ask the program's own things. */
function isCalledForItself(row: ListedRow, { namesakes, pillars }: Around): boolean {
  const alike = namesakes.get(namesOf(row).name) ?? 0;
  if (alike > MOST_NAMESAKES) return false;
  // Other files mean the one of its namesakes that they can call.
  if (alike > 1 && row.isUnexported) return false;
  return row.isStatic || !(isOfProtocol(row) || pillars.has(ownerPlaceOf(row)));
}

function leastUsers(row: ListedRow): number {
  const { name, owner } = namesOf(row);
  if (isWord(name)) return LEAST_USERS_OF_A_WORD;
  if (row.documented) return LEAST_USERS;
  // A step of one procedure, which is as its only place wants it.
  if (owner === '' && row.isProcedure) return USERS_OF_A_MEMBER;
  if (owner === '') return LEAST_USERS;
  return row.complexity > 1 ? USERS_OF_A_MEMBER : USERS_OF_TINY;
}

/** A component that is shown under an address, as those that routers take lie in a folder of pages. */
function isPage({ path, qualifiedName }: ListedRow): boolean {
  const [, inFolder, file] =
    /(?:^|\/)(?:pages|screens|views)\/(.*\/)?([^/.]+)\.[^/]+$/.exec(path ?? '') ?? [];
  return (
    file === qualifiedName && /^\p{Lu}/u.test(file) && inFolder?.includes('component') !== true
  );
}

/** A member that nobody calls by its name alone, as far as its name tells. */
function isOthersMember(row: ListedRow): boolean {
  const { name, owner } = namesOf(row);
  if (row.isPrivate) return true;
  if (owner === '') return false;
  if (row.language === 'rust' && RUST_CONSTRUCTOR.test(name)) return true;
  return isWord(name) || isPrivate(owner, row.language);
}

function isWord(name: string): boolean {
  return !/[\p{Ll}\p{N}]\p{Lu}|\p{Lu}{2}\p{Ll}|[^_]_[^_]/u.test(name);
}

/** Whether other packages or files cannot name it, or are asked not to. */
function isPrivate(name: string, language: string | null): boolean {
  return name.startsWith('_') || (language === 'go' && /^\p{Ll}/u.test(name));
}

/** Of one class each further member a little later, lest a single one fill the first page. */
function mostHelpful(rows: readonly ListedRow[]): ListedRow[] {
  const worth = rows.map((row) => ({ row, worth: helpfulness(row) }));
  worth.sort((a, b) => b.worth - a.worth);
  const met = new Map<string, number>();
  const spread = worth.map(({ row, worth: own }) => {
    const { owner } = namesOf(row);
    const before = owner === '' ? 0 : (met.get(owner) ?? 0);
    met.set(owner, before + 1);
    return { row, worth: own - before * LESS_FOR_EACH };
  });
  return spread.sort((a, b) => b.worth - a.worth).map(({ row }) => row);
}

const LESS_FOR_EACH = 0.03;

/** Orders helpers: many users, a description, and that it stands by itself. */
function helpfulness(row: ListedRow): number {
  const { name, owner } = namesOf(row);
  return (
    row.value +
    0.25 * Math.min(1, Math.log2(1 + row.mentions) / 5) +
    0.08 * Number(row.documented) +
    0.06 * Number(owner === '' || row.isStatic) +
    0.06 * Number(isTool(row)) -
    0.15 * Number(row.kind === 'class') -
    0.1 * Number(isPrivate(name, null))
  );
}
