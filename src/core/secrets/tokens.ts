import type { Span } from './span.ts';

interface TokenFormat {
  readonly type: string;
  /** Starts where a word does. */
  readonly pattern: string;
}

/**
 * Tokens that say what they are, beside those secretlint knows or with the forms its rules leave
 * out. Source: the issuers' documentation and GitHub's list of secret scanning patterns.
 */
const FORMATS: readonly TokenFormat[] = [
  {
    type: 'aws-access-key',
    pattern: '(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA|A3T[A-Z0-9])[A-Z0-9]{16}\\b',
  },
  { type: 'github-token', pattern: 'gh[oprsu]_[A-Za-z0-9]{30,255}' },
  { type: 'github-token', pattern: 'github_pat_[A-Za-z0-9_]{50,}' },
  { type: 'gitlab-token', pattern: 'gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|imt)-[\\w-]{20,}' },
  { type: 'gitlab-token', pattern: 'GR1348941[\\w-]{20,}' },
  { type: 'slack-token', pattern: 'xox[abeoprs](?:\\.xox[bp])?-[A-Za-z0-9-]{20,}' },
  { type: 'slack-token', pattern: 'xapp-\\d-[A-Za-z0-9-]{20,}' },
  { type: 'stripe-key', pattern: '[prs]k_(?:live|test)_[A-Za-z0-9]{16,}' },
  { type: 'webhook-secret', pattern: 'whsec_[A-Za-z0-9+/=]{20,}' },
  { type: 'google-key', pattern: 'AIza[\\w-]{35}' },
  { type: 'google-secret', pattern: 'GOCSPX-[\\w-]{20,}' },
  { type: 'google-token', pattern: 'ya29\\.[\\w-]{20,}' },
  { type: 'openai-key', pattern: 'sk-(?:proj-|svcacct-|admin-|None-)?[A-Za-z0-9][\\w-]{30,}' },
  { type: 'anthropic-key', pattern: 'sk-ant-[\\w-]{20,}' },
  { type: 'openrouter-key', pattern: 'sk-or-v1-[0-9a-f]{40,}' },
  { type: 'npm-token', pattern: 'npm_[A-Za-z0-9]{30,}' },
  { type: 'pypi-token', pattern: 'pypi-[\\w-]{32,}' },
  { type: 'rubygems-key', pattern: 'rubygems_[0-9a-f]{40,}' },
  { type: 'sendgrid-key', pattern: 'SG\\.[\\w-]{16,}\\.[\\w-]{16,}' },
  { type: 'twilio-key', pattern: 'SK[0-9a-f]{32}\\b' },
  { type: 'mailgun-key', pattern: 'key-[0-9a-f]{32}\\b' },
  { type: 'huggingface-token', pattern: 'hf_[A-Za-z0-9]{30,}' },
  { type: 'replicate-token', pattern: 'r8_[A-Za-z0-9]{30,}' },
  { type: 'groq-key', pattern: 'gsk_[A-Za-z0-9]{40,}' },
  { type: 'digitalocean-token', pattern: 'do[opr]_v1_[0-9a-f]{40,}' },
  { type: 'databricks-token', pattern: 'dapi[0-9a-f]{32}' },
  { type: 'docker-token', pattern: 'dckr_(?:pat|oat)_[\\w-]{20,}' },
  { type: 'shopify-token', pattern: 'shp(?:at|ca|pa|ss)_[0-9A-Fa-f]{32}' },
  { type: 'square-token', pattern: 'sq0(?:atp|csp|idp)-[\\w-]{22,}' },
  { type: 'facebook-token', pattern: 'EAA[A-Za-z0-9]{60,}' },
  { type: 'atlassian-token', pattern: 'AT(?:ATT3|CTT3|BB)[\\w=-]{24,}' },
  { type: 'linear-key', pattern: 'lin_(?:api|oauth)_[A-Za-z0-9]{32,}' },
  { type: 'notion-token', pattern: '(?:ntn|secret)_[A-Za-z0-9]{40,}' },
  { type: 'postman-key', pattern: 'PMAK-[0-9a-f]{24}-[0-9a-f]{34}' },
  { type: 'newrelic-key', pattern: 'NR(?:AK|II|JS|RA)-[A-Za-z0-9_-]{20,}' },
  { type: 'sentry-token', pattern: 'sntr(?:ys|yu)_[\\w+/=-]{30,}' },
  { type: 'grafana-token', pattern: 'gl(?:c|sa)_[\\w+/=-]{32,}' },
  { type: 'vault-token', pattern: 'hv[brs]\\.[\\w-]{20,}' },
  { type: 'doppler-token', pattern: 'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[\\w.-]{30,}' },
  { type: 'pulumi-token', pattern: 'pul-[0-9a-f]{40}\\b' },
  { type: 'planetscale-token', pattern: 'pscale_(?:tkn|pw|oauth)_[\\w.=-]{30,}' },
  { type: 'supabase-key', pattern: 'sb(?:p|_secret)_[\\w-]{24,}' },
  { type: 'figma-token', pattern: 'figd_[\\w-]{30,}' },
  { type: 'dynatrace-token', pattern: 'dt0[a-z]\\d\\d\\.[A-Z0-9]{24}\\.[A-Z0-9]{64}' },
  { type: 'age-key', pattern: 'AGE-SECRET-KEY-1[0-9A-Z]{50,}' },
  { type: 'airtable-token', pattern: 'pat[A-Za-z0-9]{14}\\.[0-9a-f]{64}' },
  { type: 'jwt', pattern: 'eyJ[\\w-]{8,8000}\\.eyJ[\\w-]{8,}(?:\\.[\\w-]*)?' },
  {
    type: 'jwt',
    pattern: 'eyJ[\\w-]{16,2000}\\.[\\w-]{0,2000}\\.[\\w-]{8,2000}\\.[\\w-]{8,8000}\\.[\\w-]{8,}',
  },
];

const HOOKS: readonly TokenFormat[] = [
  {
    type: 'slack-webhook',
    pattern: 'hooks\\.slack\\.com/(?:services|workflows|triggers)/([\\w/-]{16,})',
  },
  { type: 'discord-webhook', pattern: 'discord(?:app)?\\.com/api/webhooks/(\\d{5,}/[\\w-]{20,})' },
  { type: 'teams-webhook', pattern: 'webhook\\.office\\.com/webhookb2/([\\w@/-]{30,})' },
  { type: 'signature', pattern: '[?&](?:sig|[Ss]ignature|X-Amz-Signature)=([\\w%+/=-]{24,})' },
  { type: 'npm-token', pattern: '_auth(?:Token)?=([^\\s$"\'`{}<>]{8,})' },
];

/** Tokens that begin with nothing of their own, by the text that each must hold. */
const INNER: readonly (TokenFormat & { readonly anchor: RegExp })[] = [
  { type: 'mailchimp-key', anchor: /-us\d/, pattern: '[0-9a-f]{32}-us\\d{1,2}\\b' },
  { type: 'telegram-token', anchor: /\d:AA/, pattern: '\\d{8,10}:AA[\\w-]{33}' },
  { type: 'azure-secret', anchor: /\dQ~/, pattern: '[A-Za-z0-9]{3}\\dQ~[\\w.~-]{31,}' },
  {
    type: 'discord-token',
    anchor: /\.[\w-]{6}\.[\w-]{27}/,
    pattern: '[MNO][A-Za-z\\d_-]{23,27}\\.[\\w-]{6}\\.[\\w-]{27,}',
  },
];

/** In a string literal the letter of an escape may stand right before a token. */
const START = '(?:\\b|(?<=\\\\[nrt]))';

const ALL = join(FORMATS);
const ANY_AT_WORD = new RegExp(`\\b(?:${ALL})`);
const ANY_AFTER_ESCAPE = new RegExp(`\\\\[nrt](?:${ALL})`);
const ANY_HOOK = new RegExp(join(HOOKS));

const BY_FORMAT = FORMATS.map(toSearch);
const BY_INNER = INNER.map((format) => ({ ...toSearch(format), anchor: format.anchor }));
const BY_HOOK = HOOKS.map(({ type, pattern }) => ({ type, search: new RegExp(pattern, 'dg') }));

/** Finds tokens whose form gives them away. */
export function findTokens(text: string): readonly Span[] {
  return [
    ...(ANY_AT_WORD.test(text) || ANY_AFTER_ESCAPE.test(text) ? BY_FORMAT : []),
    ...BY_INNER.filter(({ anchor }) => anchor.test(text)),
    ...(ANY_HOOK.test(text) ? BY_HOOK : []),
  ].flatMap(({ type, search }) =>
    [...text.matchAll(search)].map((match) => {
      const [start, end] = match.indices?.[1] ?? match.indices?.[0] ?? [0, 0];
      return { start, end, type };
    }),
  );
}

function join(formats: readonly TokenFormat[]): string {
  return formats.map(({ pattern }) => pattern).join('|');
}

function toSearch({ type, pattern }: TokenFormat): { type: string; search: RegExp } {
  return { type, search: new RegExp(START + pattern, 'dg') };
}
