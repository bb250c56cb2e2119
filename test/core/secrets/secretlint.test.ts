import assert from 'node:assert/strict';
import {
  createSecretlint,
  DETECTORS,
  RULES_LEFT_OUT,
} from '../../../src/core/secrets/secretlint.ts';

const secretlint = createSecretlint();
const some = (length: number, unit = 'aB3x9Zk1'): string =>
  unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
const hex = (length: number): string => some(length, '0a1b2c3d4e5f6978');

/** JSON of such a length that its base64 ends in `fQ`, as the rule demands. */
const serviceAccount = ['', ' ', '  ']
  .map((space) => JSON.stringify({ secretKey: some(36), srpX: hex(64), salt: space }))
  .map((json) => Buffer.from(json).toString('base64'))
  .find((encoded) => encoded.endsWith('fQ=='));

/** A secret of each form the rules know, put together at run time. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  aws: ['AWS_SECRET_ACCESS_KEY=', 'aws_secretAccessKey: ', 'SecretAccessKey => '].map(
    (name) => name + some(40),
  ),
  npm: [`npm_${some(36)}`, `https://${some(20)}:x-oauth-basic@github.com/`],
  slack: [
    ...['b', 'p', 'a', 'o', 'r'].map((kind) => `xox${kind}-${some(12)}-${some(24)}`),
    `xapp-1-${some(11)}-${some(20)}`,
    `https://hooks.slack.com/services/T${some(8)}/B${some(8)}/${some(24)}`,
    `HTTPS://HOOKS.SLACK.COM/services/T${some(8)}/B${some(8)}/${some(24)}`,
  ],
  basicauth: ['http', 'https', 'ftp', 'ftps'].map(
    (scheme) => `${scheme}://svc:${some(12)}@a.host.io`,
  ),
  openai: [`sk-proj-${some(58)}T3BlbkFJ${some(58)}`, `sk-${some(20)}T3BlbkFJ${some(20)}`],
  anthropic: [`sk-ant-api03-${some(93)}AA`],
  groq: [`gsk_${some(52)}`],
  huggingface: [`hf_${some(34, 'aBcDeF')}`],
  linear: [`lin_api_${some(40)}`],
  notion: [`ntn_${some(11, '123')}${some(35)}`],
  sendgrid: [`SG.${some(22)}.${some(43)}`],
  shopify: ['at', 'ca', 'ss', 'pa'].map((kind) => `shp${kind}_${hex(32)}`),
  github: [
    ...['p', 'o', 'u', 's', 'r'].map((kind) => `gh${kind}_${some(36)}`),
    `github_pat_${some(82)}`,
  ],
  gitlab: [`glpat-${some(20)}`],
  grafana: [`glc_${some(40)}`, `glsa_${some(32)}_${hex(8)}`],
  '1password': [`ops_${serviceAccount ?? ''}`],
  'database-connection-string': [
    `mongodb://svc:${some(12)}@h/db`,
    `mongodb+srv://svc:${some(12)}@h/db`,
    `jdbc:mysql://svc:${some(12)}@h/db`,
    `MySQLx://svc:${some(12)}@h/db`,
    `postgres://svc:${some(12)}@h/db`,
    `postgresql://svc:${some(12)}@h/db`,
  ],
  'hashicorp-vault': [`hvs.${some(95)}`, `hvb.${some(150)}`, `hvr.${some(95)}`],
  vercel: ['p', 'i', 'a', 'r', 'k'].map((kind) => `vc${kind}_${some(30)}`),
  databricks: [`dapi${hex(32)}`, `dapi${hex(32)}-2`],
  docker: [`dckr_pat_${some(27)}`],
  figma: [`figd_${some(40)}`],
};

describe('secretlint', () => {
  it('has an anchor for every rule of the preset that is not left out', async () => {
    const preset = (await import('@secretlint/secretlint-rule-preset-recommend')) as unknown as {
      rules: readonly { meta: { id: string } }[];
    };
    const names = preset.rules.map(({ meta }) => meta.id.replace(/^.*secretlint-rule-/, ''));
    assert.deepEqual(names.toSorted(), [...Object.keys(DETECTORS), ...RULES_LEFT_OUT].toSorted());
    assert.deepEqual(Object.keys(EXAMPLES).toSorted(), Object.keys(DETECTORS).toSorted());
  });

  for (const [rule, examples] of Object.entries(EXAMPLES)) {
    it(`lets every form that the rule ${rule} knows through to it`, async () => {
      for (const example of examples) {
        const spans = await secretlint.find(`text ${example} text`);
        const types = spans.map(({ type }) => type);
        assert.ok(types.includes(DETECTORS[rule]?.type ?? ''), `${example}: ${types.join()}`);
      }
    });
  }

  it('reports the secret itself where a rule reports what stands before it', async () => {
    const text = `AWS_SECRET_ACCESS_KEY=${some(40)}`;
    const [span] = await secretlint.find(text);
    assert.equal(text.slice(span?.start, span?.end), some(40));
  });

  it('reports the password of an address and no other part of it', async () => {
    const text = `postgres://svc:${some(12)}@host/db`;
    const [span] = await secretlint.find(text);
    assert.equal(text.slice(span?.start, span?.end), some(12));
  });
});
