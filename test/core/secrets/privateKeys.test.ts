import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { createSecretGate } from '../../../src/core/secrets/gate.ts';

const gate = createSecretGate();

/** A key of its own for every run, line by line, with both ends of its armour. */
function drawKey(): readonly string[] {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 1024,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return privateKey.trim().split('\n');
}

type Form = (begin: string, body: readonly string[], end: string) => string;

const FORMS: Readonly<Record<string, Form>> = {
  'as it is': (begin, body, end) => [begin, ...body, end].join('\n'),
  'as texts that are joined': (begin, body, end) =>
    [begin, ...body, end].map((line) => `    "${line}\\n" +`).join('\n'),
  'as a list of texts': (begin, body, end) =>
    [begin, ...body, end].map((line) => `  '${line}',`).join('\n'),
  'wrapped at 24 letters': (begin, body, end) =>
    [begin, ...(body.join('').match(/.{1,24}/g) ?? []), end].join('\n'),
  'behind remarks': (begin, body, end) =>
    [begin, '# made for tests', '# of one server', '# in a room', '# today', ...body, end].join(
      '\n',
    ),
  'with a remark in the middle': (begin, body, end) =>
    [begin, ...body.slice(0, 4), '// the second half', ...body.slice(4), end].join('\n'),
  'on one line, behind headers': (begin, body, end) =>
    `${begin} Proc-Type: 4,ENCRYPTED DEK-Info: AES-256-CBC,0A1B2C3D4E5F60718293A4B5C6D7E8F9 ${body.join('')} ${end}`,
  'without an end': (begin, body) => [begin, ...body, '', 'def test_key():'].join('\n'),
};

describe('private keys', () => {
  for (const [name, form] of Object.entries(FORMS)) {
    it(`leave nothing in clear ${name}`, async () => {
      for (let run = 0; run < 5; run += 1) {
        const [begin = '', ...rest] = drawKey();
        const written = form(begin, rest.slice(0, -1), rest.at(-1) ?? '');
        const { text } = await gate.redact(written);
        const long = written.match(/[A-Za-z0-9+/=]{20,}/g) ?? [];
        const inClear = long.filter((piece) => piece.length !== 32 && text.includes(piece));
        assert.deepEqual(inClear, []);
      }
    });
  }
});
