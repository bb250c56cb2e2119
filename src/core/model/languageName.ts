import { LANGUAGES, type Language } from './code.ts';

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
