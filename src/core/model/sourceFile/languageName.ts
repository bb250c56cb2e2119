import { LANGUAGES, type Language } from '../code.ts';

/** What people call the languages besides their names here. */
const ALIASES: Readonly<Record<string, Language>> = {
  'c#': 'csharp',
  'c++': 'cpp',
  'c-sharp': 'csharp',
  cc: 'cpp',
  cs: 'csharp',
  cxx: 'cpp',
  golang: 'go',
  js: 'javascript',
  jsx: 'javascript',
  kt: 'kotlin',
  node: 'javascript',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  ts: 'typescript',
};

/** The language a person means by `js`, `C#` or `Go`; `undefined` when it is none of ours. */
export function languageNamed(name: string): Language | undefined {
  const lower = name.trim().toLowerCase();
  return LANGUAGES.find((language) => language === (ALIASES[lower] ?? lower));
}

/** Names as their makers write them. */
const LANGUAGE_NAMES: Readonly<Record<string, string>> = {
  python: 'Python',
  javascript: 'JavaScript',
  typescript: 'TypeScript',
  tsx: 'TSX',
  go: 'Go',
  rust: 'Rust',
  java: 'Java',
  csharp: 'C#',
  ruby: 'Ruby',
  php: 'PHP',
  c: 'C',
  cpp: 'C++',
  kotlin: 'Kotlin',
};

export function nameLanguage(language: string): string {
  return LANGUAGE_NAMES[language] ?? language;
}
