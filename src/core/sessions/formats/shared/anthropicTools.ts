import type { CallSketch } from '../../draft.ts';
import { list, object, text, textOf } from '../../reading/json.ts';
import type { JsonObject } from '../../reading/json.ts';
import type { EditedText } from '../../reading/edits.ts';
import { readPatch } from '../../reading/edits.ts';

/**
 * A call of a tool whose input names what it works on in the way most agents do: `command` or `cmd`,
 * `file_path` or `path`, `old_string` and `new_string`, `content`.
 */
export function anthropicCall(id: string, name: string, input: JsonObject): CallSketch {
  const path = textOf(input, 'file_path', 'filePath', 'notebook_path', 'path', 'absolute_path');
  const edits = path === undefined ? [] : editsOf(path, input);
  const patch = textOf(input, 'patch', 'patchText', 'diff');
  const patched = patch?.includes('*** Begin Patch') === true ? readPatch(patch) : [];
  return {
    ...{ id, name, edits: [...edits, ...patched] },
    command: commandOf(input),
    folder: textOf(input, 'workdir', 'cwd', 'working_directory'),
    reads: edits.length === 0 && isReading(name) ? path : undefined,
  };
}

function commandOf(input: JsonObject): string | undefined {
  const words = list(input['command']).map((word) => text(word) ?? '');
  if (words.length > 0) return words[0]?.endsWith('sh') === true ? words.at(-1) : words.join(' ');
  return textOf(input, 'command', 'cmd', 'commandLine', 'script');
}

function isReading(name: string): boolean {
  return /read|view|open|cat|get.?file|show/i.test(name);
}

function editsOf(path: string, input: JsonObject): readonly EditedText[] {
  const several = list(input['edits']).map(object);
  if (several.length > 0) return several.flatMap((edit) => editsOf(path, edit));
  const before = textOf(input, 'old_string', 'oldString', 'old_str');
  const after = textOf(input, 'new_string', 'newString', 'new_str', 'new_source');
  if (before !== undefined || after !== undefined) {
    return [{ path, before: before ?? '', after: after ?? '' }];
  }
  const content = textOf(input, 'content', 'file_text', 'contents');
  return content === undefined ? [] : [{ path, before: '', after: content }];
}
