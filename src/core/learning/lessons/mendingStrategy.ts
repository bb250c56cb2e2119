import type { Session } from '../../model/sessions/session.ts';
import type { CreditedDeed } from '../../model/experience/recorded.ts';
import { actionsOf } from '../actions/actions.ts';
import { isTrivial } from '../actions/programs.ts';
import { maskLine } from '../errors/mask.ts';
import { recoveriesOf, type Recovery } from '../errors/recovery.ts';
import type { Drafted } from './abstractable.ts';
import { objectsOf } from './deedWords.ts';
import { parametersOf } from './strategy.ts';

/**
 * What got a session over an error, where the same can be done in another project: programs that are
 * run by name, and files whose names follow from the error. What changed code of the project's own
 * mended that code, and nothing else.
 *
 * @param deeds of the session, in order
 */
export function mendingStrategy(session: Session, deeds: readonly CreditedDeed[]): Drafted {
  const recoveries = recoveriesOf(actionsOf(session));
  let why = 'no error was got over in it';
  for (const recovery of [...recoveries].reverse()) {
    const drafted = draft(recovery, deeds);
    if (drafted.strategy !== undefined) return drafted;
    why = drafted.why;
  }
  return { strategy: undefined, why };
}

function draft({ line, failed, recovered }: Recovery, deeds: readonly CreditedDeed[]): Drafted {
  const between = deeds
    .filter(({ step }) => step > failed.step && step <= recovered.step)
    .filter(({ what }) => !IS_TRIAL.test(what) && !IS_RUN.test(what));
  if (isTrivial(failed.command) && failed.command !== '') {
    return { strategy: undefined, why: 'what failed only looked for something' };
  }
  const isOther = recovered.target !== failed.target;
  if (between.length === 0 && !isOther) {
    return { strategy: undefined, why: 'the error went away with nothing changed' };
  }
  const names = sharedNames(line, between);
  const bind = (text: string): string =>
    names.reduce((bound, [name, mask]) => replaceName(bound, name, mask), text);
  const suggestion = between.map(({ what }) => bind(what));
  const own = suggestion.find((what) => !isGeneral(what));
  if (own !== undefined) {
    return { strategy: undefined, why: `what mended it is of this project alone: ${own}` };
  }
  const last = isOther
    ? deeds.find(({ step, what }) => step === recovered.step && IS_RUN.test(what))?.what
    : undefined;
  if (isOther && last === undefined) {
    return { strategy: undefined, why: 'what was done in its place says nothing elsewhere' };
  }
  const end =
    last === undefined ? 'try again' : `${last.replace(/: (?:they )?pass(?:es)?$/, '')} instead`;
  const situation = maskLine(bind(line).replaceAll(/(['"`])(<name(?: \d)?>)\1/g, '$2'))
    .replace(/^<path>: /, '')
    .replaceAll('<n>', '<number>');
  const told = [...suggestion, end];
  return {
    strategy: {
      ...{ situation, suggestion: told, parameters: parametersOf([situation, ...told]) },
      steps: [failed.step, ...between.map(({ step }) => step), recovered.step],
    },
  };
}

const IS_TRIAL = /to try it out$|^try |only for trying$/;
const IS_RUN = /^(?:run|build|check the style)\b/;
/** What is done by a program everybody has, or to a file that every such project has. */
const GENERAL = /^(?:install|commit|change the dependencies)\b/;

/** Whether a deed says something where other names are used. */
function isGeneral(what: string): boolean {
  if (GENERAL.test(what)) return true;
  return what.startsWith('add ') && objectsOf(what).every((object) => object.includes('<name'));
}

/** Names that an error tells and that come again in what was done, with what stands for them. */
function sharedNames(
  line: string,
  deeds: readonly CreditedDeed[],
): readonly (readonly [name: string, mask: string])[] {
  const objects = deeds.flatMap(({ what }) => objectsOf(what));
  const told = [
    ...line.matchAll(/['"`]([\w.@/-]{2,100})['"`]/g),
    ...line.matchAll(/(?:^|[\s:])([\w.@-]{2,60}): (?:command )?not found/g),
  ].map(([, name = '']) => name.replace(/^(?:\.{1,2}\/){1,9}/, ''));
  const shared = [...new Set(told)].filter((name) =>
    objects.some((object) => replaceName(object, name, '') !== object),
  );
  return shared.map((name, at) => [name, at === 0 ? '<name>' : `<name ${at + 1}>`]);
}

/** Replaces a name where it stands by itself: `shop` in `src/shop/cart.py`, not in `workshop`. */
function replaceName(text: string, name: string, by: string): string {
  const parts = text.split(name);
  return parts.reduce((done, part, at) => {
    if (at === 0) return part;
    const isWhole = !/[\w-]$/.test(done) && !/^[\w-]/.test(part);
    return `${done}${isWhole ? by : name}${part}`;
  }, '');
}
