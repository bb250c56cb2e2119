import type { Language } from '../../model/code.ts';

/** Words of names, and the topic they speak of. */
const TOPICS: Readonly<Record<string, string>> = {
  http: 'http request requests response url fetch endpoint cookie cookies',
  database: 'sql database db transaction migration orm',
  json: 'json',
  xml: 'xml',
  yaml: 'yaml',
  csv: 'csv',
  html: 'html',
  parsing: 'parse parser parsing tokenize tokenizer lexer',
  serialization:
    'serialize serializer deserialize serialization marshal unmarshal encode decode encoder decoder',
  validation: 'validate validator validation valid',
  auth: 'auth authenticate authentication authorize authorization login logout password credentials jwt oauth',
  session: 'session sessions',
  cache: 'cache cached caching memoize lru',
  logging: 'log logger logging',
  files: 'file files directory folder filesystem',
  stream: 'stream streams streaming',
  concurrency: 'mutex semaphore concurrent concurrency parallel multithreaded',
  retry: 'retry retries backoff',
  timeout: 'timeout deadline',
  routing: 'route router routes routing',
  middleware: 'middleware',
  crypto: 'encrypt decrypt hmac cipher encryption decryption',
  date: 'date datetime timestamp calendar',
  events: 'event events emitter listener subscribe unsubscribe',
  sorting: 'sort sorted',
  search: 'search lookup',
  regex: 'regex regexp',
  config: 'config configuration configure settings',
  template: 'template templates',
  rendering: 'render renderer rendering',
  error: 'error errors exception',
  tree: 'tree traverse visitor',
};

const TOPIC_OF = new Map(
  Object.entries(TOPICS).flatMap(([topic, words]) =>
    words.split(' ').map((word) => [word, topic] as const),
  ),
);

/** Fixed words of code and the trait they show, in every language that has them as such. */
const TRAITS: Readonly<Record<string, string>> = {
  async: 'async',
  await: 'async',
  suspend: 'async',
  try: 'error-handling',
  catch: 'error-handling',
  except: 'error-handling',
  rescue: 'error-handling',
  defer: 'cleanup',
  synchronized: 'concurrency',
  unsafe: 'unsafe',
};

/** Words that mean something else in other languages: a block is called, a value chosen. */
const TRAITS_OF: Partial<Record<Language, Readonly<Record<string, string>>>> = {
  python: { yield: 'generator' },
  javascript: { yield: 'generator' },
  typescript: { yield: 'generator' },
  tsx: { yield: 'generator' },
  php: { yield: 'generator' },
  csharp: { yield: 'generator', lock: 'concurrency' },
  go: { go: 'concurrency', select: 'concurrency' },
};

export interface Tagged {
  readonly language: Language;
  readonly name: string;
  readonly kind: string;
  readonly frameworks: readonly string[];
  /** Keywords that the code uses. */
  readonly keywords: ReadonlySet<string>;
  readonly isRecursive: boolean;
  readonly isDeprecated: boolean;
}

/** Lower case, sorted, without repetitions. */
export function tagsOf({
  language,
  name,
  kind,
  frameworks,
  keywords,
  isRecursive,
  isDeprecated,
}: Tagged): readonly string[] {
  const tags = new Set<string>(frameworks);
  if (kind !== 'class') {
    for (const keyword of keywords) {
      const trait = traitOf(language, keyword);
      if (trait !== undefined) tags.add(trait);
    }
    if (isRecursive && kind === 'function') tags.add('recursive');
  }
  if (kind === 'test') tags.add('test');
  if (isDeprecated) tags.add('deprecated');
  // An alphabet, not an address.
  for (const word of name.replace(/base64_?url/i, '').match(WORDS) ?? []) {
    const topic = TOPIC_OF.get(word.toLowerCase());
    if (topic !== undefined) tags.add(topic);
  }
  return [...tags].sort();
}

const WORDS = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g;

/** What a keyword tells of code that uses it; `undefined` where nothing. */
export function traitOf(language: Language, keyword: string): string | undefined {
  return TRAITS_OF[language]?.[keyword] ?? TRAITS[keyword];
}
