import type {
  Endings,
  LearnedLesson,
  ProcedureEvidence,
} from '../../../core/model/api/learning.ts';
import { answer } from '../../command.ts';
import type { CommandSpec } from '../../command.ts';
import { countOf } from '../../text/format.ts';

export const learnStrategies: CommandSpec = {
  name: 'learn strategies',
  summary: 'what to do when, as sessions that provably succeeded did it',
  options: [],
  examples: [['learn strategies', 'the most useful first']],
  async run(_, ctx) {
    const strategies = await (await ctx.engine()).learning.lessons('strategy');
    return answer(true, { strategies }, (clean) =>
      clean.strategies.length === 0
        ? 'no strategies yet: pattern-foundry learn reads sessions'
        : clean.strategies.map(describeLesson).join('\n\n'),
    );
  },
};

export const learnCode: CommandSpec = {
  name: 'learn code',
  summary: 'functions, classes and templates that several sessions wrote which provably succeeded',
  options: [],
  examples: [['learn code', 'the most useful first']],
  async run(_, ctx) {
    const code = await (await ctx.engine()).learning.lessons('code');
    return answer(true, { code }, (clean) =>
      clean.code.length === 0
        ? 'no code yet that several sessions wrote: pattern-foundry learn --batch looks for it'
        : clean.code.map(describeLesson).join('\n\n'),
    );
  },
};

export function describeLesson(lesson: LearnedLesson): string {
  const { id, name, text, sessions, description, evidence, contradictedBy } = lesson;
  return [
    `${id}  ${name}`,
    ...text.split('\n').map((line) => `  ${line}`),
    ...(description === '' ? [] : [`  ${description}`]),
    ...(evidence === undefined ? [] : [`  ${describeEvidence(evidence)}`]),
    ...contradictedBy.map((other) => `  another strategy says otherwise: ${other}`),
    `  from ${countOf(sessions.length, 'session')}`,
  ].join('\n');
}

function describeEvidence({ followed, others }: ProcedureEvidence): string {
  const share = ({ succeeded, known }: Endings): string =>
    `${Math.round((100 * succeeded) / known)} %`;
  const { succeeded, known } = followed;
  const otherwise =
    others.known === 0
      ? 'no other session with such a task is known'
      : `${others.succeeded} of ${others.known} that did otherwise (${share(others)})`;
  return `${succeeded} of ${countOf(known, 'session')} that did so succeeded (${share(followed)}); ${otherwise}`;
}
