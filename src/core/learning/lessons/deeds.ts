import type { CreditedDeed } from '../../model/experience/recorded.ts';
import type { Contribution } from '../../model/learning.ts';
import type { Session } from '../../model/sessions/session.ts';
import { actionsOf, withoutFolder, withoutHeredocs } from '../actions/actions.ts';

/** Smaller shares are told of nobody. */
const LEAST_SHARE = 0.05;
const MOST_DEEDS = 8;
const LONGEST = 160;

/** The steps that made the outcome, in their order, in words. */
export function deedsOf(
  session: Session,
  contributions: readonly Contribution[],
): readonly CreditedDeed[] {
  const actions = actionsOf(session);
  return contributions
    .filter(([, share]) => share >= LEAST_SHARE)
    .slice(0, MOST_DEEDS)
    .map(([step, share]) => {
      const done = actions
        .filter((action) => action.step === step)
        .map(({ edited, command }) => describe(edited, withoutFolder(command, session.folder)));
      const said = session.steps[step]?.text ?? '';
      const what = [...new Set(done.filter((text) => text !== ''))].join('; ');
      return { step, share, what: (what === '' ? firstLine(said) : what).slice(0, 2 * LONGEST) };
    })
    .filter(({ what }) => what !== '')
    .sort((a, b) => a.step - b.step);
}

function describe(edited: readonly string[], command: string): string {
  if (edited.length > 0) return `edit ${[...new Set(edited)].join(', ')}`.slice(0, LONGEST);
  return firstLine(withoutHeredocs(command));
}

/** The first line that says something. */
export function firstLine(text: string): string {
  const line = text.split('\n', 50).find((one) => /\w/.test(one)) ?? '';
  return line.replace(/\s+/g, ' ').trim().slice(0, LONGEST);
}

/** What the person asked for. */
export function taskOf({ title, steps }: Session): string {
  const asked = steps.find(({ source, text }) => source === 'user' && text !== '')?.text ?? '';
  return (title ?? asked)
    .slice(0, 5_000)
    .replace(/<\/?[\w-]{1,40}>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 400);
}
