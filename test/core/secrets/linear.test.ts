import assert from 'node:assert/strict';
import { createSecretGate } from '../../../src/core/secrets/gate.ts';

/** Short texts that begin what a rule looks for, or fill what it reads, and never end it. */
const PARTS = [
  ...['a', 'A', '7', '_', '-', '.', ' ', '\t', '\n', '"', "'", '`', '\\', '(', '{', '[', '<', '@'],
  ...[':', '=', '/', '|', '$', '%', ',', '+', '&', '?', '*', '~', 'ü', '密', '\u{1f600}'],
  ...[
    'aB3',
    'a1',
    'A1',
    'a ',
    'a-',
    'a.',
    'a_',
    'ab/',
    'abandon ',
    'about, ',
    '"a", ',
    "'a' + ",
    '" "',
  ],
  ...[
    'eyJ',
    'eyJ-',
    'eyJ.',
    '_eyJ',
    'eyJhbGciOi',
    'AKIA',
    'ghp_',
    'xox',
    'xoxb-',
    'sk-',
    'sk-ant-',
  ],
  ...[
    'SG.',
    'hvs.',
    'dp.pt.',
    'glpat-',
    'pypi-',
    'MII',
    'MIIB',
    '$2b$',
    '$6$',
    '$argon2id$',
    'pat-na1-',
  ],
  ...[
    'password',
    'password ',
    'password=',
    'password="',
    'password: ',
    'passwordpassword',
    'Kennwort=',
  ],
  ...[
    '<password>',
    '<password',
    'password" value="',
    'name="password" ',
    'password = ["a", ',
    'token ',
  ],
  ...[
    'key: ',
    'API key ',
    'secret(',
    'secret -> ',
    'Authorization: Basic ',
    'mot de passe ',
    'pin="',
  ],
  ...[
    '://',
    'x://',
    'a://b:',
    'a://b:c@',
    ':a@',
    'a:b@c:1',
    '1:2:3:4:',
    'u:p@tcp(',
    '?token=',
    '&sig=',
  ],
  ...[
    'mysql ',
    'mysql -p',
    'sshpass -p',
    'curl -u ',
    'docker login ',
    'net use ',
    'echo a | ',
    'openssl ',
  ],
  ...[
    'IDENTIFIED BY ',
    "IDENTIFIED WITH a BY '",
    'log in ',
    'login / ',
    'login(',
    'auth=(',
    "login('a', ",
  ],
  ...[
    'connect(',
    'connect("a", "b", ',
    'load("a".',
    "].join('')",
    "['a', ",
    "${'a'}",
    '-----BEGIN ',
  ],
  ...[
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN CERTIFICATE-----',
    '<secret:a>',
    '<secret:',
    '0x1',
    '0x1, ',
    'secret = [1, 2, ',
    'user,password\n',
    '|password|\n|---|\n',
    'kind: Secret\ndata:\n',
    ' a: bcdefgh\n',
    'LS0tLS1CRUdJTi',
    'set(PASSWORD, ',
    '**Password:** ',
  ],
  ...[
    '-us1',
    '1:AA',
    '1Q~',
    '.atlasv1.',
    '_mmk',
    'hooks.slack.com/services/',
    '_authToken=',
    'JBSWY3',
  ],
];

/** Runs behind a line that they are read together with, and before what ends them otherwise. */
const WITHIN: readonly (readonly [before: string, part: string, after: string])[] = [
  ['a\n', '-', 'x'],
  ['a\n', '| ', 'x'],
  ['user,password\n', '"', 'x'],
  ['user,password\n', '",', 'x'],
  ['|user|password|\n|---|---|\n', '\\', ''],
  ['kind: Secret\ndata:\n a: bcdef', ' ', 'x'],
  ['', '#key=[1,\n1,', ''],
  ['', '/*key=[1,', ''],
  ['key = [1', ' ', 'x'],
];

/** Runs this long take a millisecond or so each where the work is linear. */
const LENGTH = 20_000;

/** Four times the text takes four times the work; sixteen times where it grows with the square. */
const MOST_GROWTH = 9;

/** Less is noise. */
const LEAST_MS = 40;

describe('work of the secret gate', () => {
  const gate = createSecretGate();

  const cpuMs = async (text: string): Promise<number> => {
    const before = process.cpuUsage();
    await gate.redact(text);
    return process.cpuUsage(before).user / 1000;
  };

  const growth = async (textOf: (times: number) => string): Promise<number> => {
    const long = await cpuMs(textOf(4));
    return long < LEAST_MS ? 0 : long / Math.max(await cpuMs(textOf(1)), LEAST_MS / MOST_GROWTH);
  };

  const runs = [...PARTS.map((part) => ['', part, ''] as const), ...WITHIN];
  for (const [before, part, after] of runs) {
    const told = JSON.stringify([before, part, after].join(' ').trim());
    it(`grows with the text and not with its square for a run of ${told}`, async () => {
      const count = Math.ceil(LENGTH / part.length);
      const textOf = (times: number): string => before + part.repeat(count * times) + after;
      // A garbage collection can slow one try, not each.
      let least = Infinity;
      for (let tries = 0; tries < 3 && least > MOST_GROWTH; tries += 1) {
        least = Math.min(least, await growth(textOf));
      }
      assert.ok(least <= MOST_GROWTH, `grew ${String(least)} times`);
    });
  }
});
