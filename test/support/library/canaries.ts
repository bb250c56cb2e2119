import { ALPHABETS, createDraw, type Draw } from '../draw.ts';

/** A secret made up for a test, and text that holds it. */
export interface Canary {
  readonly type: string;
  /** Several lines for a private key. */
  readonly secret: string;
  /** Where it stands in: `source`, `message` (of a commit), `config`. */
  readonly place: 'source' | 'message' | 'config';
  /** File name for `source` and `config`. */
  readonly file: string;
  readonly snippet: string;
}

const {
  alphanumeric: ALL,
  base32: BASE32,
  base64: BASE64,
  digits: DIGITS,
  hex: HEX,
  lower: LOWER,
  upper: UPPER,
  urlSafe: URL_SAFE,
} = ALPHABETS;
/** Tokens whose form gives them away. Prefixes stand apart from the rest: no secret is in this file. */
const TOKENS: readonly (readonly [type: string, make: (draw: Draw) => string])[] = [
  ['aws-access-key', (draw) => `AKIA${draw(16, BASE32)}`],
  ['aws-session-key', (draw) => `ASIA${draw(16, BASE32)}`],
  ['github', (draw) => `ghp_${draw(36)}`],
  ['github-app', (draw) => `ghs_${draw(36)}`],
  ['github-fine', (draw) => `github_pat_${draw(22)}_${draw(59)}`],
  ['gitlab', (draw) => `glpat-${draw(20, URL_SAFE)}`],
  ['slack-bot', (draw) => `xoxb-${draw(12, DIGITS)}-${draw(12, DIGITS)}-${draw(24)}`],
  ['slack-hook', (draw) => `https://hooks.slack.com/services/T${draw(8)}/B${draw(8)}/${draw(24)}`],
  ['stripe', (draw) => `sk_live_${draw(24)}`],
  ['stripe-restricted', (draw) => `rk_live_${draw(32)}`],
  ['google-key', (draw) => `AIza${draw(35, URL_SAFE)}`],
  ['google-client', (draw) => `GOCSPX-${draw(28, URL_SAFE)}`],
  ['openai', (draw) => `sk-${draw(20)}T3BlbkFJ${draw(20)}`],
  ['openai-project', (draw) => `sk-proj-${draw(64, URL_SAFE)}`],
  ['anthropic', (draw) => `sk-ant-api03-${draw(93, URL_SAFE)}AA`],
  ['npm', (draw) => `npm_${draw(36)}`],
  ['pypi', (draw) => `pypi-AgEIcHlwaS5vcmc${draw(60, URL_SAFE)}`],
  ['sendgrid', (draw) => `SG.${draw(22, ALL)}.${draw(43, ALL)}`],
  ['twilio', (draw) => `SK${draw(32, HEX)}`],
  ['huggingface', (draw) => `hf_${draw(34, LOWER + UPPER)}`],
  ['digitalocean', (draw) => `dop_v1_${draw(64, HEX)}`],
  ['databricks', (draw) => `dapi${draw(32, HEX)}`],
  ['docker', (draw) => `dckr_pat_${draw(27, ALL)}`],
  ['shopify', (draw) => `shpat_${draw(32, HEX)}`],
  ['telegram', (draw) => `${draw(10, '123456789')}:AA${draw(33, URL_SAFE)}`],
  ['mailgun', (draw) => `key-${draw(32, HEX)}`],
  ['vault', (draw) => `hvs.${draw(95, ALL)}`],
  ['linear', (draw) => `lin_api_${draw(40)}`],
  ['jwt', (draw) => `eyJhbGciOiJIUzI1NiJ9.eyJ${draw(40)}.${draw(43, URL_SAFE)}`],
  ['random', (draw) => draw(40)],
];

/** Secrets that only a name beside them gives away. */
const NAMED: readonly (readonly [type: string, make: (draw: Draw) => string])[] = [
  ['password', (draw) => `${draw(5, LOWER)}${draw(2, DIGITS)}!${draw(4, UPPER)}#`],
  ['hex-key', (draw) => draw(32, HEX)],
  ['base64-key', (draw) => `${draw(42, BASE64)}${draw(1, DIGITS)}=`],
  ['uuid-token', (draw) => [8, 4, 4, 4, 12].map((length) => draw(length, HEX)).join('-')],
  ['aws-secret', (draw) => `${draw(39, BASE64)}${draw(1, DIGITS)}`],
];

type Frame = readonly [place: Canary['place'], file: string, frame: (secret: string) => string];

const TOKEN_FRAMES: readonly Frame[] = [
  ['source', 'client.js', (s) => `export function connect() {\n  return open('${s}');\n}\n`],
  ['source', 'job.py', (s) => `def run(job):\n    # tried with ${s} first\n    return job\n`],
  ['message', '', (s) => `Fix login\n\nWorks again with ${s}, see above.\n`],
];

const NAMED_FRAMES: readonly Frame[] = [
  ['source', 'a.ts', (s) => `const dbPassword = '${s}';\n`],
  ['source', 'b.py', (s) => `client = connect(host, api_secret="${s}")\r\n`],
  ['config', '.env', (s) => `DEBUG=1\nAPP_SECRET_KEY=${s}\n`],
  ['source', 'c.go', (s) => `cfg := Config{AuthToken: "${s}", Größe: 3}\n`],
];

const URL_FRAMES: readonly Frame[] = [
  ['source', 'Db.java', (s) => `String dsn = "postgresql://svc:${s}@db.internal:5432/app";\n`],
  ['config', 'app.yaml', (s) => `cache: redis://:${s}@cache.internal/0\n`],
];

/** One hundred secrets of many types, the same for the same seed. */
export function canaries(seed = 1): readonly Canary[] {
  const draw = createDraw(seed);
  const tokens = TOKENS.flatMap(([type, make], index) =>
    TOKEN_FRAMES.slice(0, index < 12 ? 3 : 2).map((frame) => toCanary(type, make(draw), frame)),
  );
  const named = NAMED.flatMap(([type, make]) =>
    NAMED_FRAMES.map((frame) => toCanary(type, make(draw), frame)),
  );
  const urls = URL_FRAMES.map((frame) => toCanary('url-password', draw(18), frame));
  const keys = ['RSA ', 'EC ', 'OPENSSH ', ''].flatMap((algorithm) => [
    toCanary('private-key', privateKey(draw), keyFrame(algorithm, '\n')),
    ...(algorithm === ''
      ? []
      : [toCanary('private-key', privateKey(draw), keyFrame(algorithm, '\\n'))]),
  ]);
  return [...tokens, ...named, ...urls, ...keys].slice(0, 100);
}

function toCanary(type: string, secret: string, [place, file, frame]: Frame): Canary {
  return { type, secret, place, file, snippet: frame(secret) };
}

function privateKey(draw: Draw): string {
  const lines = Array.from({ length: 8 }, () => draw(64, BASE64));
  return [`MII${draw(61, BASE64)}`, ...lines, `${draw(31, BASE64)}=`].join('\n');
}

function keyFrame(algorithm: string, lineEnd: string): Frame {
  const [begin, end] = ['BEGIN', 'END'].map((word) => `-----${word} ${algorithm}PRIVATE KEY-----`);
  return [
    'source',
    'key.ts',
    (secret) =>
      `const pem = \`${[begin, ...secret.split('\n'), end].join(lineEnd)}\`;\nsign(pem);\n`,
  ];
}
