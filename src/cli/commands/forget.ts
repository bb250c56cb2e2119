import type { ForgetTarget } from '../../core/model/api/curate.ts';
import { answer } from '../command.ts';
import type { CommandSpec } from '../command.ts';
import { bad, flag, operand, text } from '../input.ts';
import type { Input } from '../input.ts';
import { countOf } from '../text/format.ts';

const OPERANDS = [{ name: '[id]', summary: 'id of a pattern, or its first digits' }];

export const forget: CommandSpec = {
  name: 'forget',
  summary: 'forget a pattern, project or pack, even if its code is seen again',
  operands: OPERANDS,
  options: [
    { flags: '--project <project>', summary: 'all of this project instead of one pattern' },
    {
      flags: '--pack <name>',
      summary: 'what is not yet accepted of this pack; with --purge also what was forgotten',
    },
    { flags: '--purge', summary: 'erase the text from the disk too; cannot be undone' },
  ],
  examples: [
    ['forget 3f9a1c2e', 'until pattern-foundry restore 3f9a1c2e'],
    ['forget --project shop --purge', 'a whole project, from the disk too'],
    ['forget --pack team', 'all that is not yet accepted of a pack'],
  ],
  async run(input, ctx) {
    const target = toTarget(input);
    const purge = flag(input, 'purge');
    const engine = await ctx.engine();
    const forgotten = await engine.curate.forget(target, purge);
    const found = forgotten.length > 0 || !('pack' in target);
    return answer(found, { forgotten, purged: purge }, (clean) => {
      if (!found) {
        return `nothing of this pack waits to be accepted${purge ? ' or was forgotten' : ''}`;
      }
      const count = countOf(clean.forgotten.length, 'pattern');
      return `forgot ${count}${purge ? ', from the disk too' : '; pattern-foundry restore undoes it'}`;
    });
  },
};

export const restore: CommandSpec = {
  name: 'restore',
  summary: 'undo forget',
  operands: OPERANDS,
  options: [
    { flags: '--project <project>', summary: 'all of this project' },
    { flags: '--pack <name>', summary: 'all that was forgotten of this pack' },
  ],
  examples: [
    ['restore 3f9a1c2e', 'a pattern'],
    ['restore --project shop', 'a whole project'],
  ],
  async run(input, ctx) {
    const target = toTarget(input);
    const engine = await ctx.engine();
    const restored = await engine.curate.restore(target);
    const found = restored.length > 0 || !('pack' in target);
    return answer(found, { restored }, (clean) =>
      found
        ? `restored ${countOf(clean.restored.length, 'pattern')}`
        : 'nothing of this pack was forgotten',
    );
  },
};

function toTarget(input: Input): ForgetTarget {
  const pattern = operand(input, 0);
  const project = text(input, 'project');
  const pack = text(input, 'pack');
  const targets = [
    ...(pattern === undefined ? [] : [{ pattern }]),
    ...(project === undefined ? [] : [{ project }]),
    ...(pack === undefined ? [] : [{ pack }]),
  ];
  const [target] = targets;
  if (target !== undefined && targets.length === 1) return target;
  throw bad('give either the id of a pattern, --project or --pack');
}
