/** What an agent did in one step of a log of Claude Code. */
export type LoggedDeed =
  | { readonly edit: readonly [path: string, before: string, after: string] }
  | {
      readonly run: string;
      readonly output: string;
      readonly fails?: boolean;
      readonly inside?: string;
    }
  | { readonly say: string }
  /** What the person wrote. */
  | { readonly ask: string };

/** The lines of a log of Claude Code: one step a deed, a minute apart. */
export function claudeLog(
  id: string,
  folder: string,
  deeds: readonly LoggedDeed[],
  startMs = Date.UTC(2026, 0, 5, 10),
): string {
  const at = (minute: number): string => new Date(startMs + minute * 60_000).toISOString();
  const common = { sessionId: id, cwd: folder, version: '2.0.0' };
  const rows = deeds.flatMap((deed, step): readonly object[] => {
    if ('ask' in deed) {
      const row = { ...common, type: 'user', uuid: `${id}-a${step}`, timestamp: at(2 * step) };
      return [{ ...row, message: { role: 'user', content: deed.ask } }];
    }
    const call = toCall(deed, folder);
    const content = [
      { type: 'text', text: 'say' in deed ? deed.say : `step ${step}` },
      ...(call === undefined ? [] : [{ type: 'tool_use', id: `${id}-${step}`, ...call }]),
    ];
    const asked = {
      ...{ ...common, ...('inside' in deed && { cwd: `${folder}/${deed.inside}` }) },
      ...{ type: 'assistant', uuid: `${id}-a${step}`, timestamp: at(2 * step) },
      message: { id: `${id}-m${step}`, role: 'assistant', model: 'claude-sonnet-4-5', content },
    };
    if (call === undefined) return [asked];
    const result = {
      ...{ type: 'tool_result', tool_use_id: `${id}-${step}` },
      content: 'output' in deed ? deed.output : 'The file has been updated.',
      is_error: 'fails' in deed && deed.fails,
    };
    const came = {
      ...{ ...common, type: 'user', uuid: `${id}-u${step}`, timestamp: at(2 * step + 1) },
      message: { role: 'user', content: [result] },
    };
    return [asked, came];
  });
  const task = {
    ...{ ...common, type: 'user', uuid: `${id}-task`, timestamp: at(-1) },
    message: { role: 'user', content: 'Mend what is broken.' },
  };
  return [task, ...rows].map((row) => `${JSON.stringify(row)}\n`).join('');
}

function toCall(
  deed: LoggedDeed,
  folder: string,
): { readonly name: string; readonly input: object } | undefined {
  if ('run' in deed) return { name: 'Bash', input: { command: deed.run } };
  if (!('edit' in deed)) return undefined;
  const [path, before, after] = deed.edit;
  const file_path = `${folder}/${path}`;
  return { name: 'Edit', input: { file_path, old_string: before, new_string: after } };
}
