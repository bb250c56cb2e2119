import type { PatternEvent } from '../../model/event.ts';
import type { Library } from '../../model/ports/library.ts';
import type { Pattern } from '../../model/pattern.ts';

/** Gives a pattern that comes from elsewhere the id it has here. */
export type KnownHere = (event: PatternEvent) => PatternEvent;

/**
 * What a project mined as an idiom is known by its statements, which an import cannot check: it would
 * come back beside itself. So it is told by its text. Everything else has the same id everywhere.
 */
export function openKnownIdioms({ patterns }: Library): KnownHere {
  let known: ReadonlyMap<string, Known> | undefined;
  const read = (): ReadonlyMap<string, Known> =>
    new Map(
      [
        ...patterns.inState('forgotten').filter(({ kind }) => kind === 'idiom'),
        ...patterns.each({ kind: { any: ['idiom'] } }),
      ].map((idiom) => [textOf(idiom), idiom]),
    );
  return (event) => {
    const { text } = event;
    if (text.kind !== 'idiom') return event;
    known ??= read();
    const { id, fingerprint } = known.get(textOf(text)) ?? text;
    return { ...event, text: { ...text, id, fingerprint } };
  };
}

type Known = Pick<Pattern, 'id' | 'fingerprint'>;

function textOf({ language, template }: Pick<Pattern, 'language' | 'template'>): string {
  return `${language ?? ''}\n${template}`;
}
