import { z } from '../../../chat/askForShape.ts';
import type { Watch } from '../../../model/api/watch.ts';
import type { Localization } from '../../../model/resolution/stages.ts';
import type { RecordedDeclaration } from '../../../resolution/localization/fileRecord.ts';
import type { RankedFile } from '../../../resolution/localization/rankFiles.ts';
import { chosenElements, chosenFiles } from './chosenPlaces.ts';
import {
  askUnlessUnusable,
  codeInPrompt,
  fencedCode,
  questionAbout,
  type ModelParts,
  numbered,
  withinTokens,
} from './modelReading.ts';
import { rankCode, RANKING_VERSION, WAYS, withoutModel } from './ranked.ts';
import { type Code, readCode } from './readCode.ts';

export interface AgentlessSettings {
  /** Files that words and meaning find, of which the model is shown the paths. */
  readonly shownFiles?: number;
  /** Files the model may choose. */
  readonly chosenFiles?: number;
  /** Tokens of one question, by a guess that is rather too high. */
  readonly promptTokens?: number;
}

const DEFAULTS = { shownFiles: 60, chosenFiles: 5, promptTokens: 24_000 } as const;
const ANSWER_TOKENS = 1_000;
const MOST_ELEMENTS = 20;

const FILES = z.object({ files: z.array(z.string()) });
const ELEMENTS = z.object({
  elements: z.array(z.object({ path: z.string(), symbol: z.string() })),
});
const LINES = z.object({
  places: z.array(z.object({ path: z.string(), first: z.int(), last: z.int() })),
});

/** A function or class of a file the model chose. */
interface Element {
  readonly path: string;
  readonly declaration: RecordedDeclaration;
}

/**
 * The way of Agentless: from the tree of files to files, from their outlines to functions, from the
 * code of these to lines, one question each. The tree is cut to what words and meaning find before,
 * so that it fits whatever the size of the repository. What a model names and is not there is left
 * out, and where an answer is of no use the step before stands.
 *
 * Source: Xia et al., “Agentless: Demystifying LLM-based Software Engineering Agents”, 2024.
 */
export function createAgentless(parts: ModelParts, given: AgentlessSettings = {}): Localization {
  const settings = { ...DEFAULTS, ...given };
  return {
    name: 'agentless',
    parameters: {
      ...settings,
      model: parts.model.name,
      embedding: parts.meaning?.model ?? null,
      ranking: RANKING_VERSION,
    },
    async *locate(instance, watch: Watch = {}) {
      const code = await readCode(parts, instance, watch);
      try {
        const ranked = await rankCode(code, WAYS.hybrid, parts, watch);
        const steps = { ...parts, settings, code, watch };
        const files = await chooseFiles(steps, ranked.files.slice(0, settings.shownFiles));
        if (files.length === 0) yield* withoutModel(code, ranked);
        yield* chosenFiles(files);
        const elements = await chooseElements(steps, files);
        const lines = await chooseLines(steps, elements);
        yield* chosenElements(
          elements.map((element) => ({ ...element, lines: asList(lines.get(element)) })),
        );
      } finally {
        await code.tree.close();
      }
    },
  };
}

interface Steps extends Omit<ModelParts, 'settings'> {
  readonly settings: Required<AgentlessSettings>;
  readonly code: Code;
  readonly watch: Watch;
}

async function chooseFiles(
  { gate, model, settings, code, watch }: Steps,
  ranked: readonly RankedFile[],
): Promise<readonly RankedFile[]> {
  if (ranked.length === 0) return [];
  const paths = withinTokens(
    ranked.map(({ path }) => path),
    settings.promptTokens,
  );
  const answer = await askUnlessUnusable(
    model,
    {
      schema: FILES,
      maxTokens: ANSWER_TOKENS,
      messages: await questionAbout({ gate }, code, [
        fencedCode('Files of the project, likeliest first:', paths.join('\n')),
        `Name at most ${settings.chosenFiles} of these files that have to be changed, likeliest first, each exactly as it is written.`,
      ]),
    },
    watch,
  );
  const byPath = new Map(ranked.map((file) => [file.path, file]));
  const chosen = [...new Set(answer?.files)].flatMap((path) => byPath.get(path) ?? []);
  return chosen.slice(0, settings.chosenFiles);
}

async function chooseElements(
  { gate, model, settings, code, watch }: Steps,
  files: readonly RankedFile[],
): Promise<readonly Element[]> {
  const outlines = withinTokens(files.map(outlineOf), settings.promptTokens);
  if (outlines.length === 0) return [];
  const answer = await askUnlessUnusable(
    model,
    {
      schema: ELEMENTS,
      maxTokens: ANSWER_TOKENS,
      messages: await questionAbout({ gate }, code, [
        'What these files declare:',
        ...outlines,
        'Name the functions and classes that have to be changed, likeliest first, by path and by symbol as it is written.',
      ]),
    },
    watch,
  );
  const known = new Map(
    files.flatMap(({ path, record }) =>
      record.declarations.map((declaration) => [
        `${path} ${declaration.qualifiedName}`,
        { path, declaration },
      ]),
    ),
  );
  const asked = new Set(answer?.elements.map(({ path, symbol }) => `${path} ${symbol}`));
  return [...asked].flatMap((key) => known.get(key) ?? []).slice(0, MOST_ELEMENTS);
}

function outlineOf({ path, record }: RankedFile): string {
  const lines = record.declarations.map(({ kind, qualifiedName, lines: [first, last] }) => {
    return `${kind} ${qualifiedName} (lines ${first + 1} to ${last + 1})`;
  });
  return fencedCode(path, lines.join('\n'));
}

async function chooseLines(
  steps: Steps,
  elements: readonly Element[],
): Promise<ReadonlyMap<Element, RecordedDeclaration['lines']>> {
  const { gate, model, settings, code, watch } = steps;
  const texts: string[] = [];
  for (const { path, declaration } of elements) {
    const text = await codeInPrompt(steps, code, path);
    if (text !== undefined) texts.push(fencedCode(path, numbered(text, declaration.lines)));
  }
  const shown = withinTokens(texts, settings.promptTokens);
  if (shown.length === 0) return new Map();
  const answer = await askUnlessUnusable(
    model,
    {
      schema: LINES,
      maxTokens: ANSWER_TOKENS,
      messages: await questionAbout({ gate }, code, [
        ...shown,
        'Name the lines that have to be changed, by path and by the first and last line as they are numbered.',
      ]),
    },
    watch,
  );
  const lines = new Map<Element, RecordedDeclaration['lines']>();
  for (const { path, first, last } of answer?.places ?? []) {
    const within = elements.find(
      ({ path: other, declaration }) =>
        other === path && first - 1 <= declaration.lines[1] && last - 1 >= declaration.lines[0],
    );
    if (within === undefined || last < first || lines.has(within)) continue;
    const [from, to] = within.declaration.lines;
    lines.set(within, [Math.max(from, first - 1), Math.min(to, last - 1)]);
  }
  return lines;
}

function asList<Item>(item: Item | undefined): readonly Item[] {
  return item === undefined ? [] : [item];
}
