import type { PatternDetail } from '../../core/model/api/patterns.ts';
import type { DeclaredName } from '../../core/model/api/find.ts';
import type { Engine } from '../../core/model/engine.ts';
import type { Pattern } from '../../core/model/pattern.ts';
import { answer } from '../command.ts';
import type { CommandSpec } from '../command.ts';
import { required } from '../input.ts';
import { clean, cleanDeep } from '../text/clean.ts';
import type { Beside } from '../text/patternText.ts';

export const show: CommandSpec = {
  name: 'show',
  summary: 'show everything about a pattern, or the code that a name stands for',
  operands: [{ name: '<id>', summary: 'its id, the first digits of the id, or its name' }],
  options: [],
  examples: [
    ['show 3f9a1c2e', 'by the first digits of its id'],
    ['show Cart.addItem', 'by its name, also where the library lacks it'],
    ['show 3f9a1c2e --json', 'for a script'],
  ],
  async run(input, ctx) {
    const asked = required(input, 0);
    const engine = await ctx.engine();
    const detail = await engine.patterns.detail(asked);
    const { named, declared } =
      detail === undefined ? await calledSo(engine, asked, ctx.io.cwd) : NOTHING_ELSE;
    const document = { ...toDocument(detail ?? named), ...(declared.length > 0 && { declared }) };
    const isFound = document.pattern !== null || declared.length > 0;
    return answer(isFound, document, async (safe, terminal) => {
      const { formatDeclaredWhole, formatPattern } = await import('../text/patternText.ts');
      if (safe.pattern !== null) return formatPattern(safe.pattern, terminal, safe);
      const absent = cleanDeep(declared).map((one) => formatDeclaredWhole(one, terminal));
      const nothing = `no pattern has the id ${clean(asked)}, and nothing here is called so`;
      return absent.length === 0 ? nothing : (await Promise.all(absent)).join('\n\n');
    });
  },
};

interface CalledSo {
  readonly named: PatternDetail | undefined;
  /** Of the source, where the library lacks it. */
  readonly declared: readonly DeclaredName[];
}

const NOTHING_ELSE: CalledSo = { named: undefined, declared: [] };

async function calledSo(engine: Engine, name: string, cwd: string): Promise<CalledSo> {
  const query = {
    ...{ text: name, folders: [cwd], limit: 1 },
    ...{ seeksName: true, atOnce: true, surface: null },
  };
  const { rows, unknownName } = await engine.find.patterns(query);
  const [row] = unknownName === undefined ? rows : [];
  const isNamed = row?.signals['name'] !== undefined;
  const declared = unknownName?.meant === undefined ? (unknownName?.declared ?? []) : [];
  return { named: isNamed ? await engine.patterns.detail(row.id) : undefined, declared };
}

function toDocument(
  detail: PatternDetail | undefined,
): ({ readonly pattern: Pattern } & Beside) | { readonly pattern: null } {
  if (detail === undefined) return { pattern: null };
  const { pattern, row, changes, tests, variants, deviations } = detail;
  const { history, now } = row;
  const beside = { history, changes, tests, variants, deviations };
  return { pattern, ...beside, ...(now !== undefined && { now }) };
}
