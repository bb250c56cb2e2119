import {
  ASKING,
  ASKING_OF,
  MAKE_TARGET,
  PREFIXES,
  PYTHON_MODULE,
  RUNNERS,
  TOOLS,
  VALUE_OPTION,
  type ToolRule,
} from './buildTools.ts';
import { wordsOfSucceeded } from './shellWords.ts';

/** Whether a command line that ended well was, as far as can be known, a build or a test. */
export function isBuildOrTest(commandLine: string): boolean {
  return wordsOfSucceeded(commandLine).some((words) => isKnown(words));
}

function isKnown(words: readonly string[]): boolean {
  const [command = '', ...rest] = withoutPrefixes(words);
  const name = toName(command);
  if (rest.some((word) => ASKING.test(word) || ASKING_OF[name]?.test(word) === true)) return false;
  if (/^(?:python|py)[\d.]*$/.test(name)) return isPython(rest);
  if (name === 'make' || name === 'gmake') return isMake(rest);
  const operands = toOperands(rest);
  const [first = '', ...behind] = operands;
  if (RUNNERS[name]?.includes(first) === true && isKnown(behind)) return true;
  return (TOOLS[name] ?? []).some((rule) => follows(rule, { words: rest, operands }));
}

function withoutPrefixes(words: readonly string[]): readonly string[] {
  const start = words.findIndex((word, index) => {
    const isOption = index > 0 && word.startsWith('-');
    return !PREFIXES.has(word) && !/^\w+=/.test(word) && !isOption;
  });
  return start === -1 ? [] : words.slice(start);
}

/** `./node_modules/.bin/jest` and `jest.cmd` are `jest`. */
function toName(command: string): string {
  const file = command.slice(Math.max(command.lastIndexOf('/'), command.lastIndexOf('\\')) + 1);
  return file.replace(/\.(?:exe|cmd|bat|ps1|sh|[cm]?js)$/i, '').toLowerCase();
}

/** Without options, what they take, and the toolchain of cargo. */
function toOperands(words: readonly string[]): readonly string[] {
  return words.filter(
    (word, index) => !/^[-+]/.test(word) && !VALUE_OPTION.test(words[index - 1] ?? ''),
  );
}

function follows(
  rule: ToolRule,
  { words, operands }: { readonly words: readonly string[]; readonly operands: readonly string[] },
): boolean {
  if (rule === 'always') return true;
  if ('option' in rule) return words.includes(rule.option);
  if ('target' in rule) return operands.some((operand) => rule.target.test(operand));
  const [first = '', second = ''] = operands;
  return rule.first.test(first) && (rule.then === undefined || rule.then.test(second));
}

function isPython(words: readonly string[]): boolean {
  const at = words.indexOf('-m');
  if (at !== -1) return PYTHON_MODULE.test(words[at + 1] ?? '');
  const [script = '', subcommand = ''] = toOperands(words);
  return script.endsWith('manage.py') && subcommand === 'test';
}

function isMake(words: readonly string[]): boolean {
  const targets = words.filter(
    (word, index) => !/^-|=/.test(word) && !/^-[CfIj]$/.test(words[index - 1] ?? ''),
  );
  return targets.length === 0 || targets.some((target) => MAKE_TARGET.test(target));
}
