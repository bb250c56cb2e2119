import type { Pattern } from '../../core/model/pattern.ts';
import type { Terminal } from '../command.ts';
import { oneLine } from './clean.ts';
import { formatCode } from './codeText.ts';
import { cutEnd } from './width.ts';

const WHOLE_CODE = { maxLines: Infinity, contextLines: Infinity };
const MOST_VALUES = 5;

/** The shape of an idiom, what its holes hold, and the title of the example that follows it. */
export async function formatShape(
  pattern: Pattern,
  terminal: Terminal,
): Promise<readonly string[]> {
  if (!('code' in pattern) || pattern.kind !== 'idiom') return [];
  const { style, columns } = terminal;
  const shape = await formatCode({ ...pattern, code: pattern.template }, WHOLE_CODE, terminal);
  const holes = pattern.holes ?? [];
  const values = holes.map((hole, at) => {
    const counted = hole.values
      .slice(0, MOST_VALUES)
      .map(({ text, count }) => `${text === '' ? '(nothing)' : oneLine(text)} ×${count}`);
    const more = hole.values.length > MOST_VALUES ? [', …'] : [];
    return cutEnd(`  $${at + 1}  ${counted.join(', ')}${more.join('')}`, columns);
  });
  return [
    ...shape,
    ...(values.length === 0 ? [] : ['', style.heading('What varies'), ...values]),
    '',
    style.heading('Best example'),
  ];
}
