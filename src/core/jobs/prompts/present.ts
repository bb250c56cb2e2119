import { openCommentRemover } from '../../extraction/withoutComments.ts';
import type { DeclaredName } from '../../model/api/find.ts';
import type { LeftOutPattern } from '../../model/api/prompts.ts';
import { joined, type LocalizedText, localized } from '../../model/localizedText.ts';
import type { Pattern } from '../../model/pattern.ts';
import { oneLine } from '../../prompts/fence.ts';
import { isByOthers, type Reader } from '../../prompts/ownership.ts';
import { headingOf, type Presentation } from '../../prompts/presentation.ts';
import { alarmOf } from '../../prompts/tripwire/tripwire.ts';
import { withoutInvisible } from '../../prompts/visible.ts';

export interface Presenter {
  /** What a pattern is, without its code. */
  captionOf(pattern: Pattern): string;
  /** `undefined` for what must not be shown: its comments cannot be told from its code. */
  present(pattern: Pattern): Promise<Presentation | undefined>;
  close(): void;
}

/** Says what of patterns a language model may read; grammars are loaded when they are needed. */
export function createPresenter(assetsDir: string, reader: Reader): Presenter {
  let opened: ReturnType<typeof openCommentRemover> | undefined;
  const withoutComments = async (
    { language }: Pattern,
    code: string,
  ): Promise<string | undefined> => {
    if (language === null) return undefined;
    opened ??= openCommentRemover({ assetsDir });
    const left = await (await opened).remove(language, withoutInvisible(code));
    return left;
  };

  const captionOf = (pattern: Pattern): string =>
    // A description would be in words of other people.
    isByOthers(pattern, reader) ? oneLine(pattern.qualifiedName) : headingOf(pattern);

  return {
    captionOf,
    async present(pattern) {
      const code = 'code' in pattern ? pattern.code : pattern.after;
      const before = 'code' in pattern || pattern.before === '' ? undefined : pattern.before;
      if (!isByOthers(pattern, reader)) {
        return { pattern, heading: captionOf(pattern), before, code, withoutComments: false };
      }
      const left = await withoutComments(pattern, code);
      const leftBefore = before === undefined ? undefined : await withoutComments(pattern, before);
      if (left === undefined || (before !== undefined && leftBefore === undefined)) {
        return undefined;
      }
      return {
        pattern,
        heading: captionOf(pattern),
        before: leftBefore,
        code: left,
        withoutComments: true,
      };
    },
    close() {
      void opened?.then((remover) => {
        remover.close();
      });
    },
  };
}

/** Why a pattern looks like an instruction to a language model, judged by all that is known of it. */
export function alarmOfPattern(pattern: Pattern): LeftOutPattern | undefined {
  const { id, name, description, tags, pack, provenance, signature } = pattern;
  const texts = [name, description, signature ?? '', pack ?? '', tags.join('\n')];
  const places = [provenance.path ?? '', provenance.projectName ?? ''];
  const code =
    'code' in pattern ? [pattern.code] : [pattern.before, pattern.after, pattern.message];
  const alarm = alarmOf([...code, ...texts, ...places].join('\n\n'));
  if (alarm === undefined) return undefined;
  const detail = localized`it looks like an instruction to a language model: ${listed(alarm.signs)}`;
  return { id, name, reason: 'instructs', detail, excerpt: alarm.excerpt };
}

/**
 * What a language model may read of declarations: of one that looks like an instruction only where it
 * is, and nothing where that does, too.
 */
export function withoutInstructions(all: readonly DeclaredName[]): readonly DeclaredName[] {
  return all.flatMap((declared) => {
    const { name, path, signature, description, code, why } = declared;
    if (alarmOf(`${name}\n\n${path}`) !== undefined) return [];
    const alarm = alarmOf([code, name, description, signature, path, why.text].join('\n\n'));
    return alarm === undefined
      ? [declared]
      : [{ ...declared, signature: '', description: '', code: '', why: INSTRUCTS }];
  });
}

const INSTRUCTS = localized`it looks like an instruction to a language model`;

function listed(signs: readonly LocalizedText[]): LocalizedText {
  return joined(signs, '; ');
}
