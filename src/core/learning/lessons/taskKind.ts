import { languageOf } from '../../model/sourceFile/fileLanguage.ts';
import { nameLanguage } from '../../model/sourceFile/languageName.ts';
import { isTestPath } from '../../model/sourceFile/testPath.ts';
import { objectsOf } from './deedWords.ts';

/** Kinds of task, by the words that ask for them; the first word of any in a task tells its kind. */
const KINDS = [
  {
    situation: 'a bug is to be fixed',
    words:
      /\b(?:bugs?|fix(?:e[sd])?|mend|broken|breaks?|wrong(?:ly)?|incorrect(?:ly)?|errors?|crash(?:es|ed)?|fails?|failing|failed|exceptions?|raises?|regression|issue|problem|does ?n[o']t|is ?n[o']t|can ?no?t|can't|not work(?:ing)?|missing|lost|unexpected(?:ly)?)\b/i,
  },
  {
    situation: 'something is to be added',
    words: /\b(?:add(?:s|ed|ing)?|support|allow|implement|introduce|create|feature|new|enable)\b/i,
  },
  {
    situation: 'code is to be restructured',
    words:
      /\b(?:refactor(?:ing)?|restructure|rename|clean ?up|simplify|extract|split|move|rewrite)\b/i,
  },
  {
    situation: 'a dependency is to be changed',
    words: /\b(?:upgrade|bump|dependenc(?:y|ies)|migrate)\b/i,
  },
  {
    situation: 'code is to be made faster',
    words: /\b(?:performance|slow|faster|optimi[sz]e|speed)\b/i,
  },
  {
    situation: 'the documentation is to be changed',
    words: /\b(?:docs?|documentation|readme|docstrings?)\b/i,
  },
] as const;

/** What kind of task a session had, in words; `undefined` where its words tell none. */
export function taskSituation(task: string, deeds: readonly string[]): string | undefined {
  const [first] = KINDS.map(({ situation, words }) => ({ situation, at: task.search(words) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  if (first === undefined) return undefined;
  const language = mainLanguage(deeds);
  return `${first.situation}${language === undefined ? '' : ` in ${language} code`}`;
}

/** The one that most of the files have which were changed. */
function mainLanguage(deeds: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  const files = deeds.filter((what) => CHANGES.test(what)).flatMap(objectsOf);
  for (const path of files.filter((one) => !isTestPath(one))) {
    const language = languageOf(path);
    if (language === undefined) continue;
    const name = nameLanguage(language);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const [best] = [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  return best?.[0];
}

const CHANGES = /^(?:change the code|add )/;
