import {
  MODEL_USES,
  NO_MODEL,
  noEditor,
  type ModelHost,
  type ModelSettings,
  type SendingPreview,
} from '../core/model/ports/chatModel.ts';
import { confirm } from './confirm.ts';
import { bad } from './input.ts';
import type { Io } from './io.ts';
import { clean } from './text/clean.ts';

/** What the command line knows of models, all of it from the environment: no folder can set it. */
export function createModelHost(io: Pick<Io, 'env' | 'stdin' | 'stderr'>): ModelHost {
  const { env } = io;
  return {
    // What is wrong rejects, as it does over a channel.
    settings: () => Promise.resolve().then(() => toSettings(env)),
    key: (address) => Promise.resolve(env['PATTERN_FOUNDRY_MODEL_KEY'] ?? vendorKey(env, address)),
    confirm: (preview) =>
      env['PATTERN_FOUNDRY_MODEL_SHOWN'] === '1' ? Promise.resolve(true) : ask(io, preview),
    complete: () => Promise.reject(noEditor()),
  };
}

/** What other programs set for one vendor goes to nobody else. */
function vendorKey(env: Io['env'], address: string): string | undefined {
  const isVendor = URL.canParse(address) && new URL(address).origin === 'https://api.openai.com';
  return isVendor ? env['OPENAI_API_KEY'] : undefined;
}

function toSettings(env: Io['env']): ModelSettings {
  const address = env['PATTERN_FOUNDRY_MODEL_ADDRESS'] ?? '';
  if (address === '') return NO_MODEL;
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) {
    throw bad(
      `PATTERN_FOUNDRY_MODEL_ADDRESS is "${address}", not an address such as http://127.0.0.1:11434/v1`,
    );
  }
  const named = (env['PATTERN_FOUNDRY_MODEL_USES'] ?? '')
    .split(/[ ,]+/)
    .filter((use) => use !== '');
  const wrong = named.find((use) => !MODEL_USES.some((known) => known === use));
  if (wrong !== undefined) {
    throw bad(
      `PATTERN_FOUNDRY_MODEL_USES names "${wrong}", which is none of ${MODEL_USES.join(', ')}`,
    );
  }
  return {
    door: 'address',
    address,
    name: env['PATTERN_FOUNDRY_MODEL'] ?? '',
    uses: MODEL_USES.filter((use) => named.includes(use)),
    maxTokens: amount(env, 'PATTERN_FOUNDRY_MODEL_TOKENS') ?? NO_MODEL.maxTokens,
    maxUsd: amount(env, 'PATTERN_FOUNDRY_MODEL_USD') ?? NO_MODEL.maxUsd,
  };
}

function amount(env: Io['env'], name: string): number | undefined {
  const value = env[name] ?? '';
  if (value === '') return undefined;
  if (/^\d{1,9}(?:\.\d{1,6})?$/.test(value)) return Number(value);
  throw bad(`${name} is "${value}", not a number`);
}

/** Longer messages are cut where they are shown. */
const SHOWN_CHARACTERS = 4_000;

async function ask(
  io: Pick<Io, 'stdin' | 'stderr'>,
  { use, to, model, messages }: SendingPreview,
): Promise<boolean> {
  const shown = messages.map(({ role, content }) => {
    const left = content.length - SHOWN_CHARACTERS;
    const rest = left > 0 ? `\n… and ${left} characters more` : '';
    return `[${role}]\n${clean(content.slice(0, SHOWN_CHARACTERS))}${rest}`;
  });
  const where = `${clean(model)} at ${clean(to)}`;
  await io.stderr.write(`For ${use}, this goes to ${where}, and more like it later:\n\n`);
  await io.stderr.write(`${shown.join('\n\n')}\n\n`);
  return confirm(io, 'Send it?');
}
