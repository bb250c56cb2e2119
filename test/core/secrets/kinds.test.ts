import assert from 'node:assert/strict';
import { createSecretGate } from '../../../src/core/secrets/gate.ts';

const gate = createSecretGate();
const base64 = (text: string): string => Buffer.from(text).toString('base64');

const word = ['lantern', '4471'].join('');
const marked = ['kQzRw', 'TgPl-Xs*'].join('');
const hex = ['3f786850e387550f', 'dab836ed7e6dc881'].join('');
const drawn = ['q7Lw9Tz2', 'VbN4kR8x', 'Jm3c'].join('');
const key = [
  0x0a, 0x28, 0x58, 0xfe, 0xcd, 0xb7, 0x63, 0x4c, 0x13, 0xdd, 0xf0, 0x21, 0x0f, 0x40, 0x32,
];
const hexBytes = [...key, 0x97].map((byte) => `0x${byte.toString(16).padStart(2, '0')}`).join(', ');
const codes = [...Buffer.from(drawn.slice(0, 14))].join(', ');
/** As the key of a server in DER: longer than all values that a byte has. */
const derBytes = Array.from(
  { length: 600 },
  (_, at) => `0x${((at * at * 31 + at * 7 + (at >> 3) * 91) & 255).toString(16).padStart(2, '0')}`,
);
const armour = base64(`-----BEGIN RSA PRIVATE KEY-----\n${drawn.repeat(6)}\n`);

/** Texts by kind, each with what must not be left of it. */
const KINDS: Readonly<Record<string, readonly (readonly [text: string, secret: string])[]>> = {
  'names in other spellings': [
    [`String wlanSchluessel = "${word}#";`, word],
    [`String mdpUtilisateur = "${word}#";`, word],
    [`const mima = "${word}!";`, word],
    [`parol = "${word}"`, word],
    [`env.put(Context.SECURITY_CREDENTIALS, "${word}");`, word],
    [`masterauth ${word}`, word],
  ],
  'names in which a word more stands': [
    [`api_token_updated = "${hex}"`, hex],
    [`PUBLIC_CLIENT_SECRET="${drawn}"`, drawn],
  ],
  'statements in small letters': [
    [`create user ann identified by '${word}';`, word],
    [`identified by '${marked}7'`, marked],
  ],
  'constants that name what is set': [
    [`curl_easy_setopt(handle, CURLOPT_USERPWD, "ann:${marked}");`, marked],
    [`config.set(Keys.SMTP_PASSWORD, "${word}");`, word],
    [`val login = mapOf("user" to "ann", "password" to "${word}")`, word],
  ],
  'letters and marks without a digit': [
    [`password = "${marked}"`, marked],
    [`WiFi.begin("Home", "${marked}");`, marked],
  ],
  'calls that log in or make accounts': [
    [`session.userauth_password("ann", "${word}!");`, word],
    [`oci_connect("ann", "${word}!", "//db/x");`, word],
    [`htpasswd -bn ann ${drawn}`, drawn],
    [`Account.objects.create_superuser("ann", "ann@shop.test", "${word}!")`, word],
  ],
  'bytes one by one': [
    [`const uint8_t AES_KEY[16] = { ${hexBytes} };`, hexBytes],
    [`secretKey := []byte{${hexBytes}}`, hexBytes],
    [`let signing_key: [u8; 16] = [${hexBytes}];`, hexBytes],
    [`password = bytes([${codes}])`, codes],
    [`const secret = String.fromCharCode(${codes});`, codes],
    [`unsigned char private_key_der[] = {${derBytes.join(', ')}};`, derBytes.slice(-5).join(', ')],
    [
      `uint8_t aes_key[] = { /* for (all) */ ${hexBytes.replace(', ', ', /* second */ ')} };`,
      hexBytes.slice(-20),
    ],
    [`aes_key = [\n${hexBytes.replaceAll(', ', ', # one\n')}]`, '0x97'],
  ],
  'columns of tables': [
    [`| user | password |\n|------|----------|\n| ann | \`${word}\` |\n| eve | x |`, word],
    [`user;password;role\nann;${word}!;admin\n`, word],
    [`login,api_token\nann,${drawn}\n`, drawn],
    [`name,mail,password\n"Doe, ""J"" Ann",ann@shop.test,${word}!\n`, word],
    [`user,password\nsee the manual, page 3, and ask\nann,${word}!\n`, word],
    [`user,password\n${'bob,none\n'.repeat(1200)}ann,${word}!\n`, word],
    [`| user | password |\n|---|---|\n| a\\|b | ${word}! |\n`, word],
    [`| user | password |\n|---|---|\n| ann | ${word}!\n`, word],
    [`| user | password |\n|---|---|\n| bob |\n| ann | ${word}! | new |\n`, word],
    [`year,size\n2024,3\nuser,password\nann,${word}!\n`, word],
  ],
  'manifests of Kubernetes': [
    [`kind: Secret\nstringData:\n  admin: ${word}!\n  mode: plain\n`, word],
    [`apiVersion: v1\ndata:\n  conf: ${base64(`${word}!`)}\nkind: Secret\n`, base64(`${word}!`)],
    [
      `kind: Secret\nstringData:\n# the database\n\n  port: "1"\n  login: "${word}!" # ask Ann\n`,
      word,
    ],
    [`kind: Secret\nstringData:\n  app.yaml: |\n    port: 80\n  login: ${word}!\n`, word],
    [`kind: Secret\nstringData:\n  login: >-\n    ${word}!\n`, word],
    [
      `kind: Secret\ndata:\n  ca.crt: ${'TUlJRGR6Q0NBbCtn'.repeat(80)}\n  login: ${base64(`${word}!`)}\n`,
      base64(`${word}!`),
    ],
  ],
  'addresses and registries': [
    [`u = f"https://shop.test/v1?access_token=${drawn}&q={q}"`, drawn],
    [`//npm.shop.test/:_password=${base64(word)}\n`, base64(word)],
  ],
  'keys in base 64': [
    [`tls.key: ${armour}\n`, armour.slice(20)],
    [`KEY_FILE="${armour}"`, armour.slice(20)],
  ],
  'what people say and note': [
    [`use password ${word} for staging`, word],
    [`fix: reset password to ${word}`, word],
    [`- **Password:** \`${word}#\``, word],
    [`**Password**: ${word}\n`, word],
    [`<property name="password"><value>${word}#</value></property>`, word],
    [`feat: new Passwort: ${word}`, word],
    [`Das Passwort lautet Rw5T30=${word}.`, word],
  ],
};

const HARMLESS = [
  'const jwk = { kty: "EC", x: "gE3vUuJ0kKq2mXc1Zt5oYw8pLr4sBh7dNf9aVi6eQ0M" };',
  'sheet_id = "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms"',
  'tokens = [101, 72, 103, 44, 9, 17, 102, 33, 7, 84, 12, 99, 3, 41, 66, 28]',
  'const passwordLengths = [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23];',
  'const secretRange = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];',
  'unsigned char sbox[16] = { 0x63, 0x7c, 0x77, 0x7b, 0xf2, 0x6b, 0x6f, 0xc5, 0x30, 0x01, 0x67, 0x2b };',
  '| option | password |\n|---|---|\n| kind | required |\n| size | at least 12 |',
  'user,password\nstring,string\n',
  'Pass the key, then the rest\nMarigold77, and more',
  'user,password\n\nsee,Marigold77\n',
  'kind: Secret\nstringData:\n  app.yaml: |\n    image: shop/app:v12.4\nstatus:\n  login: kangaroo-4471!\n',
  'kind: Secret\ndata:\n  username: YWRtaW4=\nstringData:\n  mode: standalone\n',
  'kind: ConfigMap\ndata:\n  admin: kangaroo-4471!\n',
  `certificate-authority-data: ${base64('-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBa\n')}`,
  'use password sha256 for new accounts',
  'Pass `depth=2` with the new password field12',
  'password_updated = "2024-05-31T10:00:00Z"; token_created = "yesterday-12"',
  "columns are identified by 'order_id_12'",
  'map.put(PASSWORD_FIELD, "password");',
  'settings.set(Keys.TOKEN_TYPE, "Bearer");',
];

describe('secrets by kind', () => {
  for (const [kind, texts] of Object.entries(KINDS)) {
    it(`are replaced: ${kind}`, async () => {
      for (const [text, secret] of texts) {
        const redacted = await gate.redact(text);
        assert.ok(redacted.found.length > 0 && !redacted.text.includes(secret), redacted.text);
      }
    });
  }

  for (const text of HARMLESS) {
    it(`keep ${JSON.stringify(text.slice(0, 60))}`, async () => {
      assert.deepEqual(await gate.redact(text), { text, found: [] });
    });
  }
});
