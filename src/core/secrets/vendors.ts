/** What a kind of token looks like. */
export interface TokenFormat {
  readonly type: string;
  /** Starts where a word does. No part of it may repeat without a bound before another must follow. */
  readonly pattern: string;
}

/** A form as a rule set of others has it. */
export interface NamedFormat extends TokenFormat {
  /** The least Shannon entropy of a token, in bits per character. */
  readonly entropyBits: number;
  /** In lower case; a text without any of them holds none. */
  readonly keywords: readonly string[];
}

/**
 * Tokens that say what they are, beside those secretlint knows or with the forms its rules leave
 * out. Source: the issuers' documentation and GitHub's list of secret scanning patterns.
 */
const BY_TYPE: readonly (readonly [type: string, ...patterns: readonly string[]])[] = [
  [
    'aws-access-key',
    '(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA|A3T[A-Z0-9])[A-Z0-9]{16}\\b',
    'ABSK[A-Za-z0-9+/]{80,}',
  ],
  ['github-token', 'gh[oprsu]_[A-Za-z0-9]{30,255}', 'github_pat_[A-Za-z0-9_]{50,}'],
  [
    'gitlab-token',
    'gl(?:pat|dt|rt|cbt|ptt|ft|ffct|oas|soat|agent|imt)-[\\w.-]{20,}',
    'GR1348941[\\w-]{20,}',
  ],
  ['slack-token', 'xox[abeoprs](?:\\.xox[bp])?-[A-Za-z0-9-]{20,}', 'xapp-\\d-[A-Za-z0-9-]{20,}'],
  ['stripe-key', '[rs]k_(?:live|test|prod)_[A-Za-z0-9]{16,}'],
  ['webhook-secret', 'whsec_[A-Za-z0-9+/=]{20,}'],
  ['google-key', 'AIza[\\w-]{35}'],
  ['google-secret', 'GOCSPX-[\\w-]{20,}'],
  ['google-token', 'ya29\\.[\\w-]{20,}'],
  ['openai-key', 'sk-(?:proj-|svcacct-|admin-|None-)?[A-Za-z0-9][\\w-]{30,}'],
  ['anthropic-key', 'sk-ant-[\\w-]{20,}'],
  ['openrouter-key', 'sk-or-v1-[0-9a-f]{40,}'],
  ['perplexity-key', 'pplx-[A-Za-z0-9]{40,}'],
  ['xai-key', 'xai-[A-Za-z0-9]{60,}'],
  ['fireworks-key', 'fw_[A-Za-z0-9]{24}\\b'],
  ['nvidia-key', 'nvapi-[\\w-]{60,}'],
  ['langsmith-key', 'lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}'],
  ['tavily-key', 'tvly-[\\w-]{20,}'],
  ['amazon-mws-token', 'amzn\\.mws\\.[0-9a-f]{8}-[0-9a-f-]{27}\\b'],
  ['vercel-token', 'vercel_[A-Za-z0-9]{24}\\b'],
  ['npm-token', 'npm_[A-Za-z0-9]{30,}'],
  ['pypi-token', 'pypi-[\\w-]{32,}'],
  ['rubygems-key', 'rubygems_[0-9a-f]{40,}'],
  ['clojars-token', 'CLOJARS_[A-Za-z0-9]{60}'],
  ['nuget-key', 'oy2[a-z0-9]{43}\\b'],
  ['sendgrid-key', 'SG\\.[\\w-]{16,}\\.[\\w-]{16,}'],
  ['brevo-key', 'xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}', 'xsmtpsib-[0-9a-f]{64}-[A-Za-z0-9]{16}'],
  ['resend-key', 're_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}\\b'],
  ['twilio-key', 'SK[0-9a-f]{32}\\b'],
  ['mailgun-key', 'key-[0-9a-f]{32}\\b'],
  ['huggingface-token', 'hf_[A-Za-z0-9]{30,}', 'api_org_[A-Za-z0-9]{34}'],
  ['replicate-token', 'r8_[A-Za-z0-9]{30,}'],
  ['groq-key', 'gsk_[A-Za-z0-9]{40,}'],
  ['digitalocean-token', 'do[opr]_v1_[0-9a-f]{40,}'],
  ['databricks-token', 'dapi[0-9a-f]{32}'],
  ['docker-token', 'dckr_(?:pat|oat)_[\\w-]{20,}', 'eyJhdXRocyI6[A-Za-z0-9+/]{20,}={0,2}'],
  ['shopify-token', 'shp(?:at|ca|pa|ss)_[0-9A-Fa-f]{32}'],
  ['square-token', 'sq0(?:atp|csp|idp)-[\\w-]{22,}', 'EAAA[\\w-]{60,}'],
  ['facebook-token', 'EAA[A-Za-z0-9]{60,}'],
  ['braintree-token', 'access_token\\$(?:production|sandbox)\\$[a-z0-9]{16}\\$[0-9a-f]{32}'],
  ['easypost-key', 'EZ[AT]K[A-Za-z0-9]{54}'],
  ['shippo-token', 'shippo_(?:live|test)_[0-9a-fA-F]{40}'],
  ['duffel-token', 'duffel_(?:live|test)_[\\w=-]{43}'],
  ['flutterwave-key', 'FLWSECK(?:_TEST)?-[A-Za-z0-9]{12,}(?:-X)?'],
  ['adyen-key', 'AQE[A-Za-z0-9+/=]{60,200}-[A-Za-z0-9+/=]{30,}'],
  ['paystack-key', 'sk_(?:live|test)_[0-9a-f]{40}'],
  ['atlassian-token', 'AT(?:ATT3|CTT3|BB)[\\w=-]{24,}'],
  ['linear-key', 'lin_(?:api|oauth)_[A-Za-z0-9]{32,}'],
  ['notion-token', '(?:ntn|secret)_[A-Za-z0-9]{40,}'],
  ['postman-key', 'PMAK-[0-9a-f]{24}-[0-9a-f]{34}'],
  ['newrelic-key', 'NR(?:AK|II|JS|RA|AL)-[A-Za-z0-9_-]{20,}'],
  ['sentry-token', 'sntr(?:ys|yu)_[\\w+/=-]{30,}'],
  ['sonar-token', 'sq[apu]_[0-9a-f]{40}\\b'],
  ['sourcegraph-token', 'sgp_(?:[0-9a-fA-F]{16}_|local_)?[0-9a-fA-F]{40}\\b'],
  ['snyk-token', 'snyk_[a-z]{2,4}\\.[0-9a-f]{8}\\.[\\w-]{20,}'],
  ['codacy-token', 'codacy_[\\w-]{30,}'],
  ['buildkite-token', 'bk(?:ua|at)_[0-9a-f]{40}'],
  ['circleci-token', 'CCIPAT_[A-Za-z0-9]{22}_[0-9a-f]{40}'],
  ['octopus-key', 'API-[A-Z0-9]{26}\\b'],
  ['readme-key', 'rdme_[a-z0-9]{60,}'],
  ['prefect-key', 'pn[ub]_[A-Za-z0-9]{36}'],
  ['infracost-key', 'ico-[A-Za-z0-9]{32}\\b'],
  ['frameio-token', 'fio-u-[\\w=-]{60,}'],
  ['grafana-token', 'gl(?:c|sa)_[\\w+/=-]{32,}', 'eyJrIjoi[A-Za-z0-9+/]{60,}={0,2}'],
  ['vault-token', 'hv[brs]\\.[\\w-]{20,}'],
  ['doppler-token', 'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[\\w.-]{30,}'],
  ['pulumi-token', 'pul-[0-9a-f]{40}\\b'],
  ['planetscale-token', 'pscale_(?:tkn|pw|oauth)_[\\w.=-]{30,}'],
  ['supabase-key', 'sb(?:p|_secret)_[\\w-]{24,}'],
  ['neon-key', 'napi_[a-z0-9]{60,}'],
  ['flyio-token', 'fo1_[\\w-]{40,}', 'fm(?:1[ar]|2)_[A-Za-z0-9+/]{60,}={0,3}'],
  ['heroku-key', 'HRKU-[\\w-]{36,}'],
  ['netlify-token', 'nfp_[A-Za-z0-9]{36,}'],
  ['cloudflare-key', 'v1\\.0-[0-9a-f]{24}-[0-9a-f]{100,}', '(?:cfut|cfat)_[\\w-]{40,}'],
  ['tailscale-key', 'tskey-[a-z]{3,10}-[\\w-]{20,}'],
  ['openshift-token', 'sha256~[\\w-]{43}'],
  ['scalingo-token', 'tk-us-[\\w-]{48}'],
  ['launchdarkly-key', '(?:sdk|mob|api)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b'],
  ['figma-token', 'figd_[\\w-]{30,}'],
  ['dynatrace-token', 'dt0[a-z]\\d\\d\\.[A-Z0-9]{24}\\.[A-Z0-9]{64}'],
  ['age-key', 'AGE-SECRET-KEY-1[0-9A-Z]{50,}'],
  ['airtable-token', 'pat[A-Za-z0-9]{14}\\.[0-9a-f]{64}'],
  ['hubspot-token', 'pat-(?:na|eu)\\d-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'],
  ['harness-token', '(?:pat|sat)\\.[\\w-]{22}\\.[A-Za-z0-9]{24}\\.[A-Za-z0-9]{20}'],
  ['mapbox-token', '[st]k\\.[A-Za-z0-9]{60,}\\.[\\w-]{20,}'],
  ['alibaba-key', 'LTAI[A-Za-z0-9]{16,20}\\b'],
  ['tencent-key', 'AKID[A-Za-z0-9]{32}\\b'],
  ['yandex-key', 'AQVN[\\w-]{35,38}\\b', 'YC[\\w-]{38}\\b', 't1\\.[A-Z0-9a-z_-]{3,}\\.[\\w-]{86}'],
  ['artifactory-key', 'AKCp[A-Za-z0-9]{60,}', 'cmVmd[A-Za-z0-9]{59}\\b'],
  [
    'onepassword-key',
    'A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}\\b',
  ],
  ['contentful-token', 'CFPAT-[\\w-]{40,}'],
  ['typeform-token', 'tfp_[\\w.-]{40,}'],
  ['dropbox-token', 'sl\\.(?:u\\.)?[\\w=-]{100,}'],
  ['dropbox-token', 'sl\\.[A-Za-z0-9][\\w-]{130,}'],
  ['posthog-key', 'ph[xs]_[A-Za-z0-9]{40,}'],
  [
    'plaid-token',
    'access-(?:sandbox|development|production)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}',
  ],
  ['lob-key', '(?:live|test)_[0-9a-f]{35}\\b'],
  ['ubidots-token', 'BBFF-[A-Za-z0-9]{30}\\b'],
  ['adafruit-key', 'aio_[A-Za-z]{4}\\d{2}[A-Za-z0-9]{22}\\b'],
  ['settlemint-token', 'sm_(?:aat|pat|sat)_[A-Za-z0-9]{16}\\b'],
  ['zapier-hook', 'hooks\\.zapier\\.com/hooks/catch/\\d+/[a-z0-9]+'],
];

/** By what only stands at the start of a password's hash: crypt(3), bcrypt, Argon2, Django, LDAP. */
const HASHES: readonly string[] = [
  '\\$(?:1|apr1|5|6|7|y|gy|2[abxy]?|md5|sha1)\\$(?:rounds=\\d{1,9}\\$)?[\\w./$=,-]{20,200}',
  '\\$(?:argon2(?:id|i|d)|scrypt|pbkdf2-sha\\d{1,3})\\$[\\w./$=,+-]{30,300}',
  'pbkdf2_sha\\d{1,3}\\$\\d{1,9}\\$[\\w./+=-]{1,60}\\$[\\w./+=]{30,100}',
  '\\{(?:SSHA|SHA|SMD5|CRYPT)\\d{0,3}\\}[A-Za-z0-9+/$.]{20,120}={0,2}',
];

export const FORMATS: readonly TokenFormat[] = BY_TYPE.flatMap(([type, ...patterns]) =>
  patterns.map((pattern) => ({ type, pattern })),
);

export const PASSWORD_HASH = HASHES.join('|');

/** What follows an address, or a name of a setting; the group is the secret. */
export const HOOKS: readonly TokenFormat[] = [
  {
    type: 'slack-webhook',
    pattern: 'hooks\\.slack\\.com/(?:services|workflows|triggers)/([\\w/-]{16,})',
  },
  { type: 'discord-webhook', pattern: 'discord(?:app)?\\.com/api/webhooks/(\\d{5,}/[\\w-]{20,})' },
  { type: 'teams-webhook', pattern: 'webhook\\.office\\.com/webhookb2/([\\w@/-]{30,})' },
  {
    type: 'signature',
    pattern: '[?&](?:sig|[Ss]ignature|X-Amz-Signature|X-Goog-Signature)=([\\w%+/=-]{24,})',
  },
  { type: 'weather-key', pattern: '[?&]appid=([0-9a-f]{32})\\b' },
  { type: 'ifttt-key', pattern: 'maker\\.ifttt\\.com/[\\w/-]{1,80}/key/([\\w-]{20,})' },
  { type: 'function-key', pattern: '[?&]code=([\\w/+%-]{40,}={0,2})' },
  { type: 'npm-token', pattern: '(?<![A-Za-z\\d])_auth(?:Token)?=([^\\s$"\'`{}<>]{8,})' },
];

/** Tokens that begin with nothing of their own, by the text that each must hold. */
export const INNER: readonly (TokenFormat & { readonly anchor: RegExp })[] = [
  { type: 'mailchimp-key', anchor: /-us\d/, pattern: '[0-9a-f]{32}-us\\d{1,2}\\b' },
  {
    type: 'mailgun-key',
    anchor: /[0-9a-f]-[0-9a-f]{8}-[0-9a-f]{8}\b/,
    pattern: '[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}\\b',
  },
  {
    type: 'terraform-token',
    anchor: /\.atlasv1\./,
    pattern: '[A-Za-z0-9]{14}\\.atlasv1\\.[\\w=-]{50,}',
  },
  { type: 'maxmind-key', anchor: /_mmk\b/, pattern: '[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk\\b' },
  {
    type: 'asana-token',
    anchor: /\/\d{10,20}:[0-9a-f]/,
    pattern: '[12]/\\d{10,20}(?:/\\d{10,20})?:[0-9a-f]{32}',
  },
  { type: 'telegram-token', anchor: /\/bot\d/, pattern: '\\/bot(\\d{6,12}:[\\w-]{30,40})\\/' },
  { type: 'telegram-token', anchor: /\d:AA/, pattern: '(?:bot)?(\\d{8,10}:AA[\\w-]{33})' },
  { type: 'azure-secret', anchor: /\dQ~/, pattern: '[A-Za-z0-9]{3}\\dQ~[\\w.~-]{31,}' },
  {
    type: 'discord-token',
    anchor: /\.[\w-]{6}\.[\w-]{27}/,
    pattern: '[MNO][A-Za-z\\d_-]{23,27}\\.[\\w-]{6}\\.[\\w-]{27,}',
  },
  {
    type: 'twilio-token',
    anchor: /\bAC[0-9a-f]{32}/,
    pattern: 'AC[0-9a-f]{32}["\']?[\\s,:;]{1,20}[\\w ]{0,20}[=:]?\\s{0,4}["\']?([0-9a-f]{32})\\b',
  },
];
