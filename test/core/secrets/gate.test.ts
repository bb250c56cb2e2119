import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createSecretGate } from '../../../src/core/secrets/gate.ts';
import { canaries } from '../../support/library/canaries.ts';

const gate = createSecretGate();

/** Joined at run time, so that no file of the project holds a token. */
const token = ['gh', 'p_', 'Zq3'.repeat(12)].join('');

describe('secret gate', () => {
  for (const seed of [1, 2, 3]) {
    it(`leaves no 12 characters of any of 100 canaries, drawn with seed ${seed}`, async () => {
      const planted = canaries(seed);
      assert.equal(planted.length, 100);
      assert.equal(new Set(planted.map(({ secret }) => secret)).size, 100);
      const missed: string[] = [];
      for (const { type, secret, snippet } of planted) {
        const { text, found } = await gate.redact(snippet);
        const pieces = secret.split('\n').flatMap((line) => windows(line, 12));
        if (found.length === 0 || pieces.some((piece) => text.includes(piece))) {
          missed.push(`${type}: ${snippet} -> ${text}`);
        }
      }
      assert.deepEqual(missed, []);
    });
  }

  it('keeps line ends, the number of lines and what stands around a secret', async () => {
    for (const { snippet } of canaries()) {
      const { text } = await gate.redact(snippet);
      assert.deepEqual(text.match(/\r\n|\r|\n/g), snippet.match(/\r\n|\r|\n/g));
      assert.equal(text.slice(0, 4), snippet.slice(0, 4));
      assert.equal(text.endsWith(snippet.slice(-1)), true);
    }
  });

  it('changes nothing in what it redacted', async () => {
    for (const { snippet } of canaries()) {
      const { text } = await gate.redact(snippet);
      assert.deepEqual(await gate.redact(text), { text, found: [] });
    }
  });

  it('puts a placeholder of the same length where it fits', async () => {
    assert.deepEqual(await gate.redact(`a('${token}', 1)`), {
      text: `a('<secret:github-token${'*'.repeat(token.length - 21)}>', 1)`,
      found: ['github-token'],
    });
  });

  it('finds a secret whatever text surrounds it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.string(), async (before, after) => {
        const { text } = await gate.redact(`${before} ${token} ${after}`);
        assert.equal(text.includes(token), false);
      }),
      { numRuns: 200 },
    );
  });

  it('is not switched off by a comment', async () => {
    const { text } = await gate.redact(`// secretlint-disable\nconst t = '${token}';`);
    assert.equal(text.includes(token), false);
  });

  it('counts a private key once', async () => {
    const key = canaries().find(({ type }) => type === 'private-key');
    const { found } = await gate.redact(key?.snippet ?? '');
    assert.deepEqual(found, ['private-key']);
  });

  it('finds a token right after an escape in a string literal', async () => {
    const { text } = await gate.redact(`log("first\\n${token}\\n")`);
    assert.equal(text.includes(token), false);
  });

  it('takes no more than linear time for text made to slow it down', async () => {
    // Quadratic or worse, each of these runs into the time limit.
    for (const text of [
      `password = "${'a'.repeat(900)}("`,
      `password = "${'aB'.repeat(450)}("`,
      'password '.repeat(50_000),
      '-----BEGIN PRIVATE KEY-----'.repeat(10_000),
      '_eyJ'.repeat(50_000),
      'x://'.repeat(50_000) + '@',
      `-----BEGIN ${'aB3dE6gH9jK2mN5pQ8s '.repeat(10_000)}`,
    ]) {
      await gate.redact(text);
    }
  });

  const settings = [
    `{ "password": "Tr0ub4dor&3" }`,
    `{\\"password\\":\\"Tr0ub4dor&3\\"}`,
    `let password: &str = "Tr0ub4dor&3";`,
    `config['db_password'] = 'Tr0ub4dor&3'`,
    `ENV DB_PASSWORD=Tr0ub4dor&3`,
    `mysql --password Tr0ub4dor&3`,
    `<password>Tr0ub4dor&3</password>`,
    `.header("X-Api-Key", "Tr0ub4dor93qLm")`,
    `Server=db;User Id=sa;Password=Tr0ub4dor3;Timeout=5`,
    `Authorization: Basic dXNlcjpUcjB1YjRkb3I=`,
    `the password is Tr0ub4dor&3 for staging`,
    `curl -u admin:Tr0ub4dor3 http://x`,
    `https://user:Tr0ub4dor3@git.internal/x.git`,
    `withPassword("Tr0ub4dor3")`,
    `password: "correcthorsebatterystaple"`,
    `client_secret = "Tr0ub4"`,
    `apiToken: 'Tr0ub4XYZ456'`,
    `password: correcthorseToTr0ub4\nuser: bob`,
    `password: 'correcthorseToStaple2',`,
  ];
  for (const setting of settings) {
    it(`finds the secret in ${setting}`, async () => {
      const { text, found } = await gate.redact(setting);
      assert.equal(found.length, 1, text);
      assert.doesNotMatch(text, /Tr0ub4|b1YjRk|correcthorse/);
    });
  }

  const harmless = [
    `const commit = '3f786850e387550fdab836ed7e6dc881de23001b';`,
    `id: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6'`,
    `"integrity": "sha512-O2uVAFaQ1rZvlKLT14RnuvjPIdgO2uVAFaQ1rZvlKLT14RnuvjPIdgO2uVAFaQ1rZvlKLT14RnuvjPIdgAA=="`,
    `github.com/a/b v1.2.3 h1:O2uVAFaQ1rZvlKLT14RnuvjPIdgO2uVAFaQ1rZvlKLT=`,
    `ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDx9fKq3mVb7Zp2LwQ8sT4`,
    `func TestContextGetInt16Slice(t *testing.T) {}`,
    `class HttpSoftPsr17FactoryForUtf8AndBase64Text {}`,
    `import x from '../../src/v2/handlers/oauth2/tokenEndpointV3.ts';`,
    `const url = 'https://example.org/a/b1C2d3E4f5G6h7I8j9K0?page=2';`,
    `alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"`,
    `<input type="password" name="password" placeholder="Enter your password">`,
    `const password = process.env.DB_PASSWORD;`,
    `password = request.form["password"]`,
    `token: string; secret?: string; password: String? = null`,
    `if (token === 'string' || token.type === "punctuation.definition.v2") {}`,
    `tokenUrl: "/oauth2/token", tokenType = 'bearer'`,
    `secret: "\${{ secrets.TOKEN_1 }}"`,
    `password: "your-password-here", passwordConfirm: 'password2'`,
    `http://user:password@localhost/, http://\${user}:\${pass}@host/`,
    `k.startsWith('-----BEGIN PRIVATE KEY-----') && k.endsWith('-----END PRIVATE KEY-----')`,
    `<div class="md:w-1/2 lg:grid-cols-3 hover:bg-blue-500/75 sm:px-4"></div>`,
    `img src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4"`,
    `passwordHasher = new Sha256PasswordHasher(); key = getKeyFor("user_1_cache");`,
    `the token sha256sum must match, use base64url encoding for secret`,
  ];
  for (const text of harmless) {
    it(`keeps ${text.slice(0, 70)}`, async () => {
      assert.deepEqual(await gate.redact(text), { text, found: [] });
    });
  }

  it('replaces passwords made of words and a number, and no names of protocols', async () => {
    const made = ['hunter2', 'secretpass'].join('');
    const { text } = await gate.redact(`password = "${made}"\n`);
    assert.ok(!text.includes(made), text);
    assert.equal((await gate.redact('password = "oauth2token"\n')).found.length, 0);
  });
});

function windows(text: string, length: number): string[] {
  return Array.from({ length: Math.max(text.length - length + 1, 1) }, (_, at) =>
    text.slice(at, at + length),
  );
}
