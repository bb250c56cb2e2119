import type { Fragment, Idiom } from './code.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { PatternEvent, RecordedText } from './event.ts';
import type { Pattern } from './pattern.ts';

/** What is recorded of a fragment, whoever recorded it. */
export function toRecordedText(fragment: Fragment): RecordedText {
  const { kind, language, name, signature, description, details, tags, code } = fragment;
  const { complexity, lines, fingerprint, template, framework } = fragment;
  return {
    id: fingerprint.slice(0, 16),
    kind,
    language,
    framework: framework ?? null,
    name,
    signature,
    description,
    ...(details === '' ? {} : { details }),
    tags,
    code,
    complexity,
    lines,
    fingerprint,
    template,
  };
}

/** What is recorded of an idiom wherever it was found. */
export function toIdiomText(idiom: Idiom): RecordedText {
  const { language, isTest, key, name, description, code, template, holes, complexity } = idiom;
  const fingerprint = fingerprintOf(language, 'idiom', key);
  return {
    ...{ id: fingerprint.slice(0, 16), kind: 'idiom', language, framework: null, name },
    ...{ signature: null, description, tags: isTest ? ['test'] : [], code, complexity },
    ...{ lines: code.split('\n').length, fingerprint, template, holes },
  };
}

/** Text that stays although its source may change: the pattern was rated, edited or shared. */
export function toKeptEvent(pattern: Pattern): PatternEvent {
  const { id, kind, framework, name, signature, description, tags } = pattern;
  const { complexity, lines, fingerprint, template } = pattern;
  const isChange = 'after' in pattern;
  return {
    type: 'pattern',
    origin: 'kept',
    text: {
      id,
      kind,
      language: pattern.language,
      framework,
      name,
      signature,
      description,
      tags,
      code: isChange ? pattern.after : pattern.code,
      ...(isChange ? { before: pattern.before } : {}),
      complexity,
      lines,
      fingerprint,
      template,
    },
    provenance: [pattern.provenance],
    ...(isChange
      ? {
          change: {
            message: pattern.message,
            confidence: pattern.confidence,
            testsChanged: pattern.testsChanged,
            ...(pattern.reverted ? { reverted: true } : {}),
            issues: pattern.issues,
          },
        }
      : {}),
  };
}
