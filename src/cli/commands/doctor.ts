import type { DoctorFinding } from '../../core/model/ports/libraryUpkeep.ts';
import { answer } from '../command.ts';
import type { CommandSpec, Terminal } from '../command.ts';
import { flag } from '../input.ts';
import { formatTable } from '../text/table.ts';

export const doctor: CommandSpec = {
  name: 'doctor',
  summary: 'check the library; exit code 1 when something is damaged',
  options: [
    { flags: '--rebuild', summary: 'rebuild all derived files from the journals' },
    {
      flags: '--recover',
      summary: 'write back what damaged journal files held and the snapshot still holds',
    },
  ],
  examples: [
    ['doctor', 'is everything all right?'],
    ['doctor --rebuild', 'after a crash, or when answers look wrong'],
    ['doctor --recover', 'a journal file lost its end, or is gone'],
  ],
  async run(input, ctx) {
    const engine = await ctx.engine();
    const recovers = flag(input, 'recover');
    const repair = recovers ? 'recover' : flag(input, 'rebuild') ? 'rebuild' : undefined;
    const report = await engine.library.doctor(repair);
    const sound = report.findings.every((finding) => finding.level !== 'error');
    const findings = report.findings.map((finding) => ({
      ...finding,
      message: finding.message.text,
    }));
    return answer(sound, { findings }, (clean, terminal) =>
      formatFindings(clean.findings, terminal),
    );
  },
};

interface FindingDocument extends Omit<DoctorFinding, 'message'> {
  readonly message: string;
}

function formatFindings(findings: readonly FindingDocument[], { style }: Terminal): string {
  const paints = { ok: style.good, warning: style.warning, error: style.bad };
  const columns = (['left', 'left', 'left'] as const).map((align) => ({ title: '', align }));
  const rows = findings.map(({ level, check, message }) => [paints[level](level), check, message]);
  const worst = findings.filter(({ level }) => level === 'error').map(({ check }) => check);
  const verdict =
    worst.length === 0
      ? 'the library is intact'
      : worst.includes('journal-recoverable')
        ? 'something is damaged; pattern-foundry doctor --recover writes back what is left of it'
        : worst.includes('view')
          ? 'something is damaged; pattern-foundry doctor --rebuild makes the view anew'
          : 'something is damaged: see the lines above';
  return [...formatTable(columns, rows), '', verdict].join('\n');
}
