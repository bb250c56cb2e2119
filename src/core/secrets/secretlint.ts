import type { Span } from './span.ts';
import { isMadeUp, isStandIn } from './values.ts';

/** What is used of a secretlint rule; its own types speak of files and locales. */
interface Rule {
  readonly meta: { readonly id: string; readonly type: string };
  create(
    context: RuleContext,
    options: object,
  ): { readonly file?: (source: Source) => void | Promise<void> };
}

interface Source {
  readonly content: string;
  readonly filePath: undefined;
  readonly ext: string;
}

interface Message {
  readonly messageId: string;
  /** The secret stands among these by itself. */
  readonly props: Readonly<Record<string, string>>;
}

interface RuleContext {
  readonly sharedOptions: object;
  createTranslator(): (messageId: string, props?: Message['props']) => Message;
  report(report: { readonly message: Message; readonly range: readonly [number, number] }): void;
  ignore(): void;
}

interface Detector {
  readonly type: string;
  /** Text without a match of it holds nothing for the rule. */
  readonly anchor: RegExp;
}

const PREFIX = '@secretlint/secretlint-rule-';

/**
 * By rule of the recommended preset. The rules are regular expressions one after another; their
 * fixed parts, looked for first, spare nearly all text from them.
 */
export const DETECTORS: Readonly<Record<string, Detector>> = {
  aws: { type: 'aws-secret-key', anchor: /(?:ACCESS|access|Access)_?(?:KEY|key|Key)/ },
  npm: { type: 'npm-token', anchor: /npm_|:x-oauth-basic@/ },
  slack: { type: 'slack-token', anchor: /xox[abopr]-|xapp-|hooks\.slack\.com/i },
  basicauth: { type: 'url-password', anchor: /:\/\/[-\w]+:[-\w]+@/ },
  openai: { type: 'openai-key', anchor: /T3BlbkFJ/ },
  anthropic: { type: 'anthropic-key', anchor: /sk-ant-api/ },
  groq: { type: 'groq-key', anchor: /gsk_/ },
  huggingface: { type: 'huggingface-token', anchor: /hf_[a-zA-Z]/ },
  linear: { type: 'linear-key', anchor: /lin_api_/ },
  notion: { type: 'notion-token', anchor: /ntn_/ },
  sendgrid: { type: 'sendgrid-key', anchor: /SG\.\w/ },
  shopify: { type: 'shopify-token', anchor: /shp(?:at|ca|pa|ss)_/ },
  github: { type: 'github-token', anchor: /gh[oprsu]_|github_pat_/ },
  gitlab: { type: 'gitlab-token', anchor: /glpat-/ },
  grafana: { type: 'grafana-token', anchor: /glc_|glsa_/ },
  '1password': { type: 'onepassword-token', anchor: /ops_ey/ },
  'database-connection-string': {
    type: 'connection-password',
    anchor: /(?:mongodb|mysql|postgres)[^\s/]{0,20}:\/\//i,
  },
  'hashicorp-vault': { type: 'vault-token', anchor: /hv[brs]\./ },
  vercel: { type: 'vercel-token', anchor: /vc[aikpr]_/ },
  databricks: { type: 'databricks-token', anchor: /dapi[0-9A-Fa-f]/ },
  docker: { type: 'docker-token', anchor: /dckr_pat_/ },
  figma: { type: 'figma-token', anchor: /figd_/ },
};

/**
 * Rules that read whole files by extension (`gcp`: what it looks for in JSON is a private key), let
 * a comment in the text switch the others off, or take all between two marks for a key, code too.
 */
export const RULES_LEFT_OUT = ['gcp', 'filter-comments', 'privatekey'];

const CASELESS = Object.values(DETECTORS).filter(({ anchor }) => anchor.flags === 'i');
const CASED = Object.values(DETECTORS).filter(({ anchor }) => anchor.flags === '');
const ANY_CASELESS = new RegExp(CASELESS.map(({ anchor }) => anchor.source).join('|'), 'i');
const ANY_CASED = new RegExp(CASED.map(({ anchor }) => anchor.source).join('|'));

/** Runs secretlint's recommended rules, which are loaded when a text first needs them. */
export function createSecretlint(): { find(text: string): Promise<readonly Span[]> } {
  let loading: Promise<(text: string) => Promise<readonly Span[]>> | undefined;
  return {
    find: async (text) => {
      if (!ANY_CASED.test(text) && !ANY_CASELESS.test(text)) return [];
      loading ??= loadRules();
      return (await loading)(text);
    },
  };
}

/** The rules are called without `@secretlint/core`, which records timings it never lets go of. */
async function loadRules(): Promise<(text: string) => Promise<readonly Span[]>> {
  const preset = (await import('@secretlint/secretlint-rule-preset-recommend')) as unknown as {
    readonly rules: readonly Rule[];
  };
  const checks = preset.rules.flatMap((rule) => {
    const name = rule.meta.id.slice(PREFIX.length);
    // A rule without an anchor has come with a later version of the preset.
    const detector = DETECTORS[name] ?? { type: name, anchor: /(?:)/ };
    return RULES_LEFT_OUT.includes(name) ? [] : [{ detector, rule }];
  });
  return async (text) => {
    const spans: Span[] = [];
    for (const { detector, rule } of checks) {
      if (!detector.anchor.test(text)) continue;
      for (const { start, end } of await runRule(rule, text)) {
        spans.push({ start, end, type: detector.type });
      }
    }
    return spans;
  };
}

type Place = Pick<Span, 'start' | 'end'>;

async function runRule(rule: Rule, text: string): Promise<readonly Place[]> {
  const places: Place[] = [];
  const handler = rule.create(
    {
      sharedOptions: {},
      createTranslator: () => (messageId, props) => ({ messageId, props: props ?? {} }),
      report: ({ message, range }) => places.push(...toPlaces(text, message, range)),
      ignore: () => undefined,
    },
    {},
  );
  await handler.file?.({ content: text, filePath: undefined, ext: '' });
  return places;
}

/** Some rules report the start of the match with the length of the secret in it. */
function toPlaces(
  text: string,
  message: Message,
  range: readonly [number, number],
): readonly Place[] {
  const values = Object.entries(message.props).filter(([name]) => name === name.toUpperCase());
  const value = values[0]?.[1] ?? text.slice(...range);
  const start = Math.max(text.indexOf(value, range[0]), 0);
  const password = /^[^/]*:\/\/[^:\s/]*:(.+)@/.exec(value)?.[1];
  if (password === undefined) return isMadeUp(value) ? [] : [{ start, end: start + value.length }];
  const from = start + value.indexOf(`:${password}@`) + 1;
  return isStandIn(password) ? [] : [{ start: from, end: from + password.length }];
}
