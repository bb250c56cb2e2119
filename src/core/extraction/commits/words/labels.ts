import { MAX_LINE_LENGTH } from './phrases.ts';

/** What a label of a commit says of it: `weak` ones leave it to the words after them. */
export type LabelMeaning = 'fix' | 'feature' | 'other' | 'weak';

/** Types of Conventional Commits and tags in brackets, in any casing. */
const TYPES: Readonly<Record<LabelMeaning, string>> = {
  fix:
    'fix fixes fixed bugfix bugfixes hotfix bug bugs regression security 修复 修正 修復 缺陷 バグ 不具合 ' +
    '수정 버그 исправление исправлено баг corrección correção korrektur',
  feature:
    'feat feature features add new enh enhancement 新增 功能 新功能 特性 追加 機能追加 기능 추가 добавлено',
  other:
    'docs doc documentation style styles refactor refactoring perf test tests testing build ci ' +
    'revert release deps dep dependencies lint example examples bench benchmark benchmarks ' +
    'cleanup misc website changelog readme meta workflow dx polish license security-policy version ' +
    'vendor travis appveyor task nfc nfci i18n l10n translation translations typo typos migration ' +
    'merge cla trivial 文档 优化 重构 更新 测试 ドキュメント 리팩토링 문서',
  weak: 'wip draft chore chores types typings typing',
};

/** Prefixes in capitals, as scientific Python, Odoo and others write them; small ones are areas. */
const CAPITALS: Readonly<Record<LabelMeaning, string>> = {
  fix: 'BF REGR SEC',
  feature: 'NF',
  other:
    'MAINT MNT DOC TST TYP STY CLN REF RF BLD PERF REL RLS DEP DEPR DEV BENCH CI IMP REM MOV MIG REV OPT',
  weak: '',
};

/** Pictures and their short names. Source: gitmoji.dev */
const PICTURES: Readonly<Record<LabelMeaning, string>> = {
  fix: '🐛 🐞 🚑 🩹 🔒 🥅 bug beetle lady_beetle ambulance adhesive_bandage lock goal_net',
  feature: '✨ sparkles',
  other:
    '🎨 ⚡ 🔥 📝 🚀 💄 🎉 ✅ 🔐 🔖 🚨 💚 ⬇ ⬆ 📌 👷 ♻ ➕ ➖ 🔧 🔨 ✏ 💩 ⏪ 🔀 📦 👽 🚚 📄 🍱 💡 💬 🗃 👥 ' +
    '🏗 🤡 🥚 🙈 📸 ⚗ 🏷 🌱 🗑 💫 🪦 ⚰ 🧪 🧱 🧑 💸 art zap fire memo pencil pencil2 books rocket lipstick tada ' +
    'white_check_mark closed_lock_with_key bookmark rotating_light green_heart arrow_down arrow_up ' +
    'pushpin construction_worker recycle heavy_plus_sign heavy_minus_sign wrench hammer poop rewind ' +
    'twisted_rightwards_arrows package alien truck page_facing_up bento bulb speech_balloon ' +
    'card_file_box busts_in_silhouette building_construction clown_face egg see_no_evil camera_flash ' +
    'alembic label seedling wastebasket dizzy coffin headstone test_tube bricks technologist ' +
    'money_with_wings racehorse',
  weak: '🚧 construction',
};

function toMeanings(
  lists: Readonly<Record<LabelMeaning, string>>,
): ReadonlyMap<string, LabelMeaning> {
  const meanings: readonly LabelMeaning[] = ['fix', 'feature', 'other', 'weak'];
  return new Map(
    meanings.flatMap((meaning) =>
      lists[meaning].split(' ').map((label) => [label, meaning] as const),
    ),
  );
}

const MEANING_OF_TYPE = toMeanings(TYPES);
const MEANING_OF_CAPITALS = toMeanings(CAPITALS);
const MEANING_OF_PICTURE = toMeanings(PICTURES);

/** A label at the start of a subject that says what its commit is. */
export interface Label {
  /** As a reader would name it, such as `conventional type fix`. */
  readonly said: string;
  readonly meaning: LabelMeaning;
}

/** A subject without what stands before its sentence. */
export interface LabelledText {
  readonly label: Label | undefined;
  /** Of the label, in lower case: what the commit was said to be about. */
  readonly scope: string | undefined;
  readonly text: string;
}

interface Reading extends LabelledText {
  /** After a type follows the sentence, perhaps after the number of a ticket. */
  readonly isTyped: boolean;
}

/** A flag of a command, as in `--all`, is no bullet. */
const BLANK = /^(?:\s+|(?!--\p{Ll})[*•–—-]+(?=[\s\p{L}*•–—-])|#+(?=\s))/u;
const TAG = /^(?:[[【]([^\]】[【]{0,60})[\]】]|\(([^()]{1,60})\)):?/;
const SHORT_NAME = /^:([a-z0-9_+-]{1,40}):/;
const PICTURE = /^(\p{Extended_Pictographic})\p{M}*/u;
/** Skin tones, and what is joined to a picture. */
const PICTURE_ENDS = /^(?:[♂♀]|\p{Emoji_Modifier}|\p{M}|\u{200D}\p{Extended_Pictographic}?)+/u;
/** Numbers of trackers. */
const TICKET =
  /^(?:(?:(?:refs|bug|issue|ticket|pr) )?(?:#|gh-?)\d{1,10}(?=$|[\s:,\-–])|[A-Z][A-Z0-9]{1,15}-\d{1,10}(?=$|[\s:,\-–])|(?:bug|issue|ticket|pr|case)[ _-]\d{1,10}(?=\s?[:\-–])|\d{5,10}(?=:\s))(?:\s?(?:[:,]|--?|–))?/i;
const TYPE =
  /^(\p{L}[\p{L}\d_-]{0,30})(?:\/\p{L}[\p{L}\d_-]{0,30}){0,3}(?:\(([^()]{0,80})\))?!? ?[:：](?!:)/u;
const PATH_TYPE = /^(feat|feature|fix|bugfix|hotfix)\/(?=\S)/i;
const DASHED_TYPE = /^(fix|bugfix|hotfix|feature|feat|bug)(?: [-–|]|\.)(?= )/i;
const VULNERABILITY = /^CVE-/i;
const IN_CAPITALS = /^[A-Z]+$/;

/** Each takes something off the start; `undefined` where its kind of thing does not stand there. */
const STEPS: readonly ((reading: Reading) => Reading | undefined)[] = [
  passBlank,
  passTicket,
  takePicture,
  takeTag,
  takeType,
];

/** Takes labels off the start of a subject; the first that says what the commit is decides. */
export function readLabels(subject: string): LabelledText {
  let reading: Reading = {
    label: undefined,
    scope: undefined,
    text: subject.slice(0, MAX_LINE_LENGTH).trim(),
    isTyped: false,
  };
  for (;;) {
    const next = firstDefined(reading);
    if (next === undefined) break;
    reading = next;
  }
  const { label, scope, text } = reading;
  return { label, scope, text: text.trim() };
}

function firstDefined(reading: Reading): Reading | undefined {
  for (const step of STEPS) {
    const next = step(reading);
    if (next !== undefined) return next;
  }
  return undefined;
}

function passBlank(reading: Reading): Reading | undefined {
  const [blank] = BLANK.exec(reading.text) ?? PICTURE_ENDS.exec(reading.text) ?? [];
  return blank === undefined ? undefined : { ...reading, text: reading.text.slice(blank.length) };
}

function passTicket(reading: Reading): Reading | undefined {
  if (VULNERABILITY.test(reading.text)) return undefined;
  const [ticket] = TICKET.exec(reading.text) ?? [];
  // A number alone is all the subject says.
  if (ticket === undefined || ticket.length === reading.text.length) return undefined;
  return { ...reading, text: reading.text.slice(ticket.length) };
}

function takePicture(reading: Reading): Reading | undefined {
  const found = PICTURE.exec(reading.text) ?? SHORT_NAME.exec(reading.text);
  if (found === null) return undefined;
  const said = labelOf(MEANING_OF_PICTURE, found[1] ?? '', 'picture');
  // Behind a type a name between colons may be what the sentence is about.
  if (reading.isTyped && said === undefined) return undefined;
  return {
    ...reading,
    label: prefer(reading.label, said),
    text: reading.text.slice(found[0].length),
  };
}

function takeTag(reading: Reading): Reading | undefined {
  const found = reading.isTyped ? null : TAG.exec(reading.text);
  if (found === null) return undefined;
  const name = (found[1] ?? found[2] ?? '').trim();
  const said = typeOf(name, 'tag');
  const isScope = said === undefined && reading.label !== undefined;
  return {
    ...reading,
    label: prefer(reading.label, said),
    scope: reading.scope ?? (isScope ? name.toLowerCase() : undefined),
    text: reading.text.slice(found[0].length),
  };
}

/** A type says more than a picture, whose meaning people choose as they like. */
function takeType(reading: Reading): Reading | undefined {
  if (reading.isTyped) return undefined;
  const { text } = reading;
  const found = TYPE.exec(text) ?? PATH_TYPE.exec(text) ?? DASHED_TYPE.exec(text);
  const label = found === null ? undefined : typeOf(found[1] ?? '', 'conventional type');
  if (found === null || label === undefined) return undefined;
  return {
    label,
    scope: found[2]?.toLowerCase() ?? reading.scope,
    text: text.slice(found[0].length),
    isTyped: true,
  };
}

function prefer(known: Label | undefined, said: Label | undefined): Label | undefined {
  const isTelling = said?.meaning === 'fix' || said?.meaning === 'feature';
  const isTold = known?.meaning === 'fix' || known?.meaning === 'feature';
  return isTold || !isTelling ? (known ?? said) : said;
}

function typeOf(name: string, sort: string): Label | undefined {
  // `BUG/PERF` is first of all a bug.
  const [first = ''] = name.split(/[/,|]/, 1);
  const inCapitals = IN_CAPITALS.test(first)
    ? labelOf(MEANING_OF_CAPITALS, first, sort)
    : undefined;
  return inCapitals ?? labelOf(MEANING_OF_TYPE, first.toLowerCase(), sort);
}

function labelOf(
  meanings: ReadonlyMap<string, LabelMeaning>,
  name: string,
  sort: string,
): Label | undefined {
  const meaning = name === '' ? undefined : meanings.get(name);
  return meaning === undefined ? undefined : { said: `${sort} ${name}`, meaning };
}

/** True where a fix or a feature is one of what the scope names, which is not the product. */
export function isScopeOfOthers(scope: string): boolean {
  const meaning = MEANING_OF_TYPE.get(scope);
  const isArea = scope === 'style' || scope === 'styles';
  return !isArea && (meaning === 'other' || meaning === 'weak');
}
