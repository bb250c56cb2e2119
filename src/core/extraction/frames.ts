import type { Language } from '../model/code.ts';

/** What has to stand around a piece of a file for its grammar to read it. */
export interface Frame {
  readonly before: string;
  readonly after: string;
}

const BARE: Frame = { before: '', after: '' };

/** Methods are functions only inside a class; its name is found in no code. */
export const HOLDER = 'HolderOfASelection';
const IN_CLASS: Frame = { before: `class ${HOLDER} {\n`, after: '\n}\n' };
const PHP_OPEN = '<?php\n';

const FRAMES: Partial<Readonly<Record<Language, readonly Frame[]>>> = {
  javascript: [BARE, IN_CLASS],
  typescript: [BARE, IN_CLASS],
  tsx: [BARE, IN_CLASS],
  java: [BARE, IN_CLASS],
  csharp: [BARE, IN_CLASS],
  kotlin: [BARE, IN_CLASS],
  php: [
    BARE,
    { before: PHP_OPEN, after: '' },
    { before: `${PHP_OPEN}${IN_CLASS.before}`, after: IN_CLASS.after },
  ],
};

/** In the order in which they are tried; the first of those that read most is taken. */
export function framesOf(language: Language): readonly Frame[] {
  return FRAMES[language] ?? [BARE];
}

/** A file name under which a piece of code is read in each language. */
export const FILE_NAMES: Readonly<Record<Language, string>> = {
  python: 'draft.py',
  javascript: 'draft.js',
  typescript: 'draft.ts',
  tsx: 'draft.tsx',
  go: 'draft.go',
  rust: 'draft.rs',
  java: 'draft.java',
  csharp: 'draft.cs',
  ruby: 'draft.rb',
  php: 'draft.php',
  c: 'draft.c',
  cpp: 'draft.cpp',
  kotlin: 'draft.kt',
};
