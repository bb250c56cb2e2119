import assert from 'node:assert/strict';
import { testEnvironment } from '../../../../src/core/jobs/trials/testEnvironment.ts';
import { createSecretGate } from '../../../../src/core/secrets/gate.ts';

const keptOf = async (env: Readonly<Record<string, string>>): Promise<readonly string[]> =>
  Object.keys(await testEnvironment(env, createSecretGate()));

describe('the environment of tests', () => {
  it('holds nothing that tells by its name or its value how to act for the person', async () => {
    const drawn = 'q7Zt1Lw9Xb4Rk8Vm2Ns6Pc3Yd5Gf0Hj';
    const secrets = {
      ...{
        AWS_ACCESS_KEY_ID: 'AKIAQ3EGRIXV5T7KLMNO',
        OPENAI_KEY: 'x',
        MYSQL_PWD: 'x',
        DB_PASS: 'x',
      },
      ...{ STRIPE_SK: 'x', SENTRY_DSN: 'x', SSH_AUTH_SOCK: '/tmp/agent', SESSION_COOKIE: 'x' },
      ...{
        npm_config__authToken: 'x',
        AZURE_STORAGE_CONNECTION_STRING: 'x',
        JWT: 'x',
        PGPASSWORD: 'x',
      },
      DATABASE_URL: 'postgres://app:pw@db.example.com/app',
      https_proxy: 'http://somebody@proxy.example.com:8080',
      CHAT: `https://hooks.slack.com/services/T0A1B2C3D/B0A1B2C3D/${drawn.slice(0, 24)}`,
      THING: `ghp_${drawn}${drawn.slice(0, 4)}`,
      GIT_DIR: '/somewhere/.git',
    };
    assert.deepEqual(await keptOf(secrets), ['CI']);
  });

  it('holds what programs need', async () => {
    const needed = {
      PATH: '/nix/store/3p9cj1yzs0aqv7h2kd8x4w5mf6bgnlri-node-22/bin:/usr/bin:/bin',
      ...{ HOME: '/home/somebody', LANG: 'de_DE.UTF-8', TMPDIR: '/tmp', TERM: 'xterm-256color' },
      ...{ JAVA_HOME: '/usr/lib/jvm/java-21', GOPATH: 'C:\\go', CARGO_HOME: '~/.cargo', EMPTY: '' },
      ...{ DATABASE_URL: 'postgres://localhost:5432/app', NODE_ENV: 'test', TZ: 'Europe/Berlin' },
      ...{ LS_COLORS: 'rs=0:di=01;34:ln=01;36', XDG_DATA_DIRS: '/usr/share', SHLVL: '1' },
    };
    assert.deepEqual(await keptOf(needed), [...Object.keys(needed), 'CI']);
  });
});
