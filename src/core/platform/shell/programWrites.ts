import { parsePatch } from '../text/patch.ts';
import { shellWords, splitCommand } from '../text/shellCommand.ts';
import { heredocsOf, withoutHeredocs } from './heredocs.ts';

const INTERPRETER = /^(?:\S{0,60}\/)?(?:python[\d.]*|node|ruby|deno|bun|tsx)\b/;
const PATH = '([\\w.@+~-][\\w./@+~-]{0,200})';
const QUOTED = `["'\`]${PATH}["'\`]`;
const NAMED = '([A-Za-z_]\\w{0,60})';

/** Where a script names a file by a text, and where by a variable. */
const WRITES: readonly string[] = [
  // open('f', 'w'), open(f, mode="a"), File.open("f", "w")
  'open\\(\\s{0,9}<f>\\s{0,9},\\s{0,9}(?:mode\\s{0,3}=\\s{0,3})?["\'][rb]{0,2}[wax+]',
  // Path('f').write_text(…), f.write_bytes(…)
  '(?:Path\\(\\s{0,9}<f>\\s{0,9}\\)|<v>)\\.(?:write_text|write_bytes)\\(',
  // fs.writeFileSync('f', …), File.write("f", …)
  '(?:(?:write|append)File(?:Sync)?|File\\.write|Bun\\.write)\\(\\s{0,9}<f>',
];
const BY_TEXT = WRITES.map((form) => toForm(form, QUOTED, '(?!)'));
const BY_NAME = WRITES.map((form) => toForm(form, NAMED, NAMED));
const ASSIGNED = new RegExp(
  `^\\s{0,20}(?:const |let |var )?${NAMED}\\s{0,9}=\\s{0,9}(?:pathlib\\.)?(?:Path\\()?${QUOTED}`,
  'gm',
);

function toForm(form: string, file: string, name: string): RegExp {
  return new RegExp(form.replace('<f>', file).replace('<v>', name), 'g');
}

/** A script is looked through so far. */
const MOST_SCRIPT = 50_000;

/**
 * Files that a command writes by a script or a patch that it hands to a program, in order of the kinds of
 * writing; what a script computes the name of is not known.
 */
export function programWrites(command: string): readonly string[] {
  const patched = handedPatches(command).flatMap((patch) =>
    (parsePatch(patch) ?? []).map(({ path }) => path),
  );
  return [...new Set([...scriptsIn(command).flatMap(scriptWrites), ...patched])];
}

/** Patches that a command hands to `git apply` or `patch`. */
export function handedPatches(command: string): readonly string[] {
  return heredocsOf(command).flatMap(({ line, text }) =>
    /\b(?:git (?:-C \S{1,200} )?apply|patch)\b/.test(line) ? [text] : [],
  );
}

function scriptsIn(command: string): readonly string[] {
  if (!/(?:open|write|File)/.test(command)) return [];
  const handed = heredocsOf(command).flatMap(({ line, text }) =>
    splitCommand(line).some((part) => INTERPRETER.test(part.text)) ? [text] : [],
  );
  const given = splitCommand(withoutHeredocs(command)).flatMap(({ text }) => {
    if (!INTERPRETER.test(text)) return [];
    const words = shellWords(text).map((word) => word.text);
    const at = words.findIndex((word) => /^-(?:c|e|-eval)$/.test(word));
    return at < 0 ? [] : [words[at + 1] ?? ''];
  });
  return [...handed, ...given];
}

function scriptWrites(whole: string): readonly string[] {
  const script = whole.slice(0, MOST_SCRIPT);
  const named = new Map<string, string>();
  for (const [, name, path] of script.matchAll(ASSIGNED)) {
    if (name !== undefined && path !== undefined) named.set(name, path);
  }
  const found = BY_TEXT.flatMap((form) => [...script.matchAll(form)].map(([, path]) => path));
  const byName = BY_NAME.flatMap((form) =>
    [...script.matchAll(form)].map(([, file, other]) => named.get(file ?? other ?? '')),
  );
  return [...found, ...byName].flatMap((path) =>
    path === undefined || path.startsWith('/dev/') ? [] : [path.replace(/^\.\//, '')],
  );
}
