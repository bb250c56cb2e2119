import type { SourceParser } from '../../../extraction/parsing/parsedSource.ts';
import { openSourceParser } from '../../../extraction/sourceParser.ts';
import { commitTitle } from '../../../model/commitTitle.ts';
import { localized } from '../../../model/localizedText.ts';
import type { Patch } from '../../../model/resolution/patch.ts';
import type { Instance } from '../../../model/resolution/instance.ts';
import type { PatchGeneration, StageWatch } from '../../../model/resolution/stages.ts';
import { languageOf } from '../../../model/sourceFile/fileLanguage.ts';
import { collect } from '../../../resolution/feed.ts';
import { type Issue, readIssue } from '../../../resolution/localization/issue.ts';
import { makePatch } from '../../../resolution/patches/makePatch.ts';
import { createTokenizer, type Tokenizer } from '../../../platform/text/words.ts';
import { openGit } from '../../../sources/git/repository.ts';
import { ENOUGH_LIKENESS, proposalsOf } from '../../../suggestions/edits/proposeFix.ts';
import { rest } from '../../rest.ts';
import { openSourceTree, type TreeSettings } from '../sourceTree.ts';
import { fixesFor, type LibraryFix } from './knownFixes.ts';
import { type FixSources, madeUntil, relevantFixes, type RelevantFix } from './relevantFixes.ts';
import { isAboutTheSame, isOfTheSameIssue, isPointedAt } from './sameThing.ts';
import { createScreen } from './screen.ts';
import { isOpenTo, readFiles, type Spot, spotOf } from './spots.ts';

export interface PatternsParts extends FixSources {
  readonly assetsDir: string;
  readonly tree: (folder: string) => TreeSettings;
  /** Patches at most; 10 when absent. */
  readonly most?: number;
}

interface Candidate {
  readonly spot: Spot;
  readonly text: string;
  readonly votes: readonly LibraryFix[];
  /** Without the votes. */
  readonly score: number;
}

const MOST_PATCHES = 10;
/** Places that are looked at. */
const MOST_PLACES = 60;
/** A fix that holds so much of what the issue says is about it. */
const FULL_RELEVANCE = 0.7;
/** What the place, and other fixes that propose the same, have of the score. */
const BY_PLACE = 0.2;
const BY_VOTES = 0.1;
/** So many fixes that propose the same need no more of them. */
const ENOUGH_VOTES = 4;
/** Places in a file that was found as a whole count less than one in a function that was. */
const WHOLE_FILE = 0.5;
/**
 * Chosen by recurring fixes of real repositories: below it wrong ones are many and right ones none.
 * See docs/benchmarks.md.
 */
const LEAST_SCORE = 0.5;

/**
 * Proposes fixes of the library that say what the issue says, where the issue points and the code is as
 * it was where they were made; no model is asked. Nothing is proposed without all of this; only what was
 * mended under the very same words may be unmended where no word points.
 */
export function createPatterns(parts: PatternsParts): PatchGeneration {
  const { most = MOST_PATCHES } = parts;
  return {
    name: 'patterns',
    parameters: { most },
    async *generate(context, instance, watch = {}) {
      const issue = readIssue(instance.text);
      const fixes = await fixesAbout(parts, issue, instance, watch);
      const places = fixes.length === 0 ? [] : await collect(context, MOST_PLACES);
      const tree = await openSourceTree(instance, parts.tree(instance.folder), watch.signal);
      const parser = await openSourceParser({ assetsDir: parts.assetsDir });
      try {
        const files = await readFiles(places, parser, (path) => tree.readExact(path));
        const spots = places.flatMap((place) => spotOf(place, files.get(place.path)) ?? []);
        const screen = createScreen(parser, [...files.values()]);
        let sample = 0;
        for (const candidate of await propose({ parser, issue, fixes, spots }, watch)) {
          watch.signal?.throwIfAborted();
          if (!(await screen.passes(candidate.spot.file, candidate.text))) continue;
          const patch = toPatch(candidate, sample);
          if (patch === undefined) continue;
          yield patch;
          sample += 1;
          if (sample >= most) return;
        }
      } finally {
        parser.close();
        await tree.close();
      }
    },
  };
}

/** Of an earlier version, what was known then. */
async function fixesAbout(
  parts: FixSources,
  issue: Issue,
  { folder, revision }: Instance,
  watch: StageWatch,
): Promise<readonly RelevantFix[]> {
  const fixes = relevantFixes(parts, issue);
  const git = revision === undefined ? undefined : await openGit(folder, watch);
  return git === undefined || revision === undefined ? fixes : madeUntil(fixes, git, revision);
}

interface Proposing {
  readonly parser: SourceParser;
  readonly issue: Issue;
  readonly fixes: readonly RelevantFix[];
  readonly spots: readonly Spot[];
}

/** Those with enough that speaks for them, best first. */
async function propose(
  { parser, issue, fixes, spots }: Proposing,
  { signal }: StageWatch,
): Promise<readonly Candidate[]> {
  const files = [...new Set(spots.map(({ file }) => file))];
  const languages = new Set(files.flatMap(({ path }) => languageOf(path) ?? []));
  const found = new Map<string, Candidate>();
  const tokenizer = createTokenizer();
  for await (const known of fixesFor(fixes, parser, { files, languages })) {
    for (const spot of openSpots(known, { issue, spots }, tokenizer)) {
      await rest({ ...(signal && { signal }) });
      signal?.throwIfAborted();
      for (const { text, likeness } of proposalsOf(known.fix, spot.file, spot.stretch)) {
        const key = `${spot.file.path}\0${text}`;
        const score = scoreOf(known, spot, likeness);
        const former = found.get(key);
        const votes = new Set([...(former?.votes ?? []), known]);
        // Who fits best is told first.
        const isBest = former === undefined || score > former.score;
        found.set(key, {
          ...(isBest ? { spot, text, score } : former),
          votes: isBest ? [known, ...[...votes].filter((one) => one !== known)] : [...votes],
        });
      }
    }
  }
  return [...found.values()]
    .filter((candidate) => votedScore(candidate) >= LEAST_SCORE)
    .sort((a, b) => votedScore(b) - votedScore(a));
}

/** That code is alike says nothing: a project is full of it. The issue has to point there. */
function openSpots(
  { pattern }: LibraryFix,
  { issue, spots }: Pick<Proposing, 'issue' | 'spots'>,
  tokenizer: Tokenizer,
): readonly Spot[] {
  const isSameIssue = isOfTheSameIssue(issue, pattern, tokenizer);
  if (!isSameIssue && !isAboutTheSame(issue, pattern, tokenizer)) return [];
  return spots.filter(
    (spot) => (isSameIssue || isPointedAt(spot.place)) && isOpenTo(pattern, spot, issue),
  );
}

/** Both the text of the issue and the code have to speak for a fix; the place says less. */
function scoreOf({ relevance }: LibraryFix, { place }: Spot, likeness: number): number {
  const about = Math.min(1, relevance / FULL_RELEVANCE);
  const alike = Math.min(1, likeness / ENOUGH_LIKENESS);
  const found = place.score * (place.kind === 'file' ? WHOLE_FILE : 1);
  return Math.sqrt(about * alike) * (1 - BY_PLACE + BY_PLACE * found);
}

/** 0 to 1. */
function votedScore({ score, votes }: Candidate): number {
  const agreed = Math.min(1, Math.log(votes.length) / Math.log(ENOUGH_VOTES));
  return score * (1 - BY_VOTES + BY_VOTES * agreed);
}

function toPatch(candidate: Candidate, sample: number): Patch | undefined {
  const { spot, text, votes } = candidate;
  const { path, text: before } = spot.file;
  const [first] = votes;
  const score = votedScore(candidate);
  const agreed = votes.length;
  const made = makePatch([{ path, before, after: text }], {
    ...{ origin: { by: 'patterns', sample }, score },
    why: [
      ...(first === undefined
        ? []
        : [
            localized`an earlier fix changed ${first.pattern.qualifiedName} like this: ${titleOf(first)}`,
          ]),
      ...(agreed > 1 ? [localized`${agreed} earlier fixes made the same change elsewhere`] : []),
      localized`its likeness to what was fixed there is ${Math.round(100 * score)} %`,
    ],
  });
  return 'refused' in made ? undefined : made;
}

function titleOf({ pattern }: LibraryFix): string {
  return commitTitle(pattern.message);
}
