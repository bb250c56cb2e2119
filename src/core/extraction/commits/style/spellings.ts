import type { Language } from '../../../model/code.ts';

/** One way to write a thing, and another that does the same. */
export type Spelling = readonly [written: RegExp, as: string];

const JAVASCRIPT: readonly Spelling[] = [
  [/\n;(?=\n)/g, ''],
  [/\n\(\n([\w$]+)\n\)\n=>(?=\n)/g, '\n$1\n=>'],
  [/\n([{,])\n([\w$]+)\n:\n\2(?=\n[,}]\n)/g, '\n$1\n$2'],
  [/\n=>\n\{\nreturn\n([^{}]{0,2000})\n\}(?=\n)/g, '\n=>\n$1'],
];

const JVM: readonly Spelling[] = [
  [/\nfinal(?=\n)/g, ''],
  [/\n@\n?(?:Override|Nullable|NotNull|NonNull)(?=\n)/g, ''],
  [/\n@\n?SuppressWarnings\n\(\n[^()]{0,200}\n\)(?=\n)/g, ''],
];

/**
 * By language, over tokens with a line feed before each and behind the last; later ones see what
 * earlier ones wrote.
 */
export const SPELLINGS: Partial<Readonly<Record<Language, readonly Spelling[]>>> = {
  javascript: JAVASCRIPT,
  typescript: JAVASCRIPT,
  python: [
    [/\nu(?=["'])/g, '\n'],
    [/\nnot\n([\w.]+)\nin(?=\n)/g, '\n$1\nnot\nin'],
    [/\n==\nNone(?=\n)/g, '\nis\nNone'],
    [/\n!=\nNone(?=\n)/g, '\nis\nnot\nNone'],
    [/\ndict\n\(\n\)(?=\n)/g, '\n{\n}'],
    [/\nlist\n\(\n\)(?=\n)/g, '\n[\n]'],
  ],
  rust: [
    [/\n'\n\w+(?=\n)/g, ''],
    [/\n(?:mut|ref)(?=\n)/g, ''],
    [/\n<\n>(?=\n)/g, ''],
    [/\n(?:std|core|crate|self|super)\n::(?=\n)/g, ''],
    // A reference taken or followed: no operand stands before the sign.
    [
      /(?<=\n(?:[({[,;=:|!<]|=>|==|!=|&&|\|\||->|in|match|return|if|while|else|let))\n[&*](?:\n[&*]){0,2}(?=\n)/g,
      '',
    ],
    [/\n\.\n(?:clone|to_owned|to_string|into|as_str|as_ref|as_deref|iter)\n\(\n\)(?=\n)/g, ''],
    [/\n\.\nlen\n\(\n\)\n==\n0(?=\n)/g, '\n.\nis_empty\n(\n)'],
    [/\n\|\n(\w+)\n(?::\n[^|]{1,200}\n)?\|\n([\w:\n]{1,200})\n\(\n\1\n\)(?=\n)/g, '\n$2'],
  ],
  go: [[/\ninterface\n\{\n\}(?=\n)/g, '\nany']],
  java: JVM,
  kotlin: JVM,
  php: [[/\narray\n\(\n\)(?=\n)/g, '\n[\n]']],
};

/**
 * What is as good in the one direction alone: a constant that is given another value is a fault, and so
 * is the name of another class.
 */
export const MODERNIZED: typeof SPELLINGS = {
  javascript: [[/\n(?:var|let)(?=\n)/g, '\nconst']],
  typescript: [[/\n(?:var|let)(?=\n)/g, '\nconst']],
  python: [[/\nsuper\n\(\n[\w.\n]{1,80}\n,\n\w+\n\)(?=\n)/g, '\nsuper\n(\n)']],
};
