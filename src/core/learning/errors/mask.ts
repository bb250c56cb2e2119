/** What differs between two tellings of the same error, by a name for it. */
const MASKS: readonly (readonly [RegExp, string])[] = [
  // A quote counts at the border of a word only: "can't open file 'x'".
  [/(?<![\w])'(?:[^'\n]|(?<=\w)'(?=\w)){0,400}?'(?!\w)/g, '<text>'],
  [/(?<![\w])"[^"\n]{0,400}"(?!\w)/g, '<text>'],
  [/`[^`\n]{0,400}`/g, '<text>'],
  [/(?:\b[a-z][a-z+.-]{1,20}:\/\/|\b[A-Za-z]:\\)\S{1,400}/g, '<path>'],
  [/(?<![\w.])(?:~|\.{1,2})?(?:\/[\w.@+-]{1,120}){1,40}\/?/g, '<path>'],
  [/(?<![\w/])(?:[\w.@+-]{1,80}\/){1,40}[\w.@+-]{1,120}/g, '<path>'],
  [
    /\b[\w-]{1,80}\.(?:py|pyc|js|mjs|ts|tsx|jsx|rb|go|rs|java|kt|c|h|cc|cpp|cs|php|txt|json|toml|ya?ml|cfg|ini|md|rst|sh|sql|lock|db|xml|html)\b/g,
    '<path>',
  ],
  [/\b0x[0-9a-fA-F]{2,16}\b/g, '<n>'],
  [/\b(?=[0-9a-f]{0,39}\d)[0-9a-f]{7,40}\b/g, '<n>'],
  [/\b\d{1,20}(?:[.:]\d{1,20}){0,6}\b/g, '<n>'],
];

/** Longer lines are cut first: the beginning tells the error. */
const LONGEST = 400;

/** The line with paths, files, numbers and quoted texts replaced by what they are. */
export function maskLine(line: string): string {
  return MASKS.reduce((text, [form, name]) => text.replace(form, name), line.slice(0, LONGEST))
    .replace(/\s+/g, ' ')
    .trim();
}
