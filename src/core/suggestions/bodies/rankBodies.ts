import { chanceBy } from '../logistic.ts';
import { BODY_MODELS, modelFor, type BodyFeature } from './bodyModel.ts';
import type { FunctionIndex, KnownFunction, WantedFunction } from './functionIndex.ts';
import { charactersOf, createTokenNumbers, likeness } from './likeness.ts';

/** A function whose body may be what is wanted. */
export interface RankedFunction {
  readonly known: KnownFunction;
  readonly features: Readonly<Record<BodyFeature, number>>;
  /** 0 to 1: that at least half of its lines will be kept. */
  readonly chance: number;
}

/** How many are compared with one another, and with how many each. */
const COMPARED = 8;
const LIKEST = 3;

/**
 * The candidates for a body with how likely each is kept, the likeliest first.
 *
 * @param most so many at most, each compared with all others
 */
export function rankBodies(
  index: FunctionIndex,
  wanted: WantedFunction,
  most = COMPARED,
): readonly RankedFunction[] {
  const model = BODY_MODELS[modelFor(wanted)];
  const head = charactersOf(bareHead(wanted.head));
  const name = index.nameTerms(wanted.name);
  const looked = index
    .candidates(wanted)
    // What is known of the function itself is what is being written.
    .filter(({ path, firstLine }) => path !== wanted.path || firstLine !== wanted.line)
    .map((known) => {
      const inSameFile = known.path === wanted.path;
      const features = {
        head: likeness(head, charactersOf(comparedHead(known.head, wanted))),
        agreement: 0,
        both: 0,
        isNew: Number(known.isNew),
        inSameFile: Number(inSameFile),
        isAbove:
          inSameFile && known.lastLine < wanted.line ? 1 / (wanted.line - known.lastLine) : 0,
        name: index.nameLikeness(name, known.nameTerms),
        isShort: 1 / known.body.split('\n').length,
      };
      return { known, features, chance: chanceBy(model, features) };
    })
    .sort((a, b) => b.chance - a.chance)
    .slice(0, most);
  const tokens = createTokenNumbers();
  const bodies = looked.map(({ known }) => tokens.read(known.body));
  const likenesses = bodies.map(() => new Float64Array(bodies.length));
  for (const [at, body] of bodies.entries()) {
    for (let other = 0; other < at; other += 1) {
      const alike = likeness(body, bodies[other] ?? new Uint32Array());
      (likenesses[at] ?? [])[other] = alike;
      (likenesses[other] ?? [])[at] = alike;
    }
  }
  return looked
    .map(({ known, features }, at) => {
      const likest = [...(likenesses[at] ?? [])].sort((a, b) => b - a).slice(0, LIKEST);
      const agreement = likest.reduce((sum, alike) => sum + alike, 0) / LIKEST;
      const full = { ...features, agreement, both: features.head * agreement };
      return { known, features: full, chance: chanceBy(model, full) };
    })
    .sort((a, b) => b.chance - a.chance);
}

/** In logits: as much as one that is like one before it is put back. */
const SAMENESS = 2;

/**
 * The same in an order in which a few at the beginning differ: of several that are alike one is enough
 * for whoever chooses among them.
 */
export function differing(ranked: readonly RankedFunction[]): readonly RankedFunction[] {
  const tokens = createTokenNumbers();
  const left = ranked.map((one) => ({
    ...{ one, body: tokens.read(one.known.body), alike: 0 },
    logit: Math.log(one.chance / (1 - one.chance)),
  }));
  const chosen: RankedFunction[] = [];
  for (;;) {
    const worth = ({ logit, alike }: (typeof left)[number]): number => logit - SAMENESS * alike;
    const [next] = left.toSorted((a, b) => worth(b) - worth(a));
    if (next === undefined) return chosen;
    left.splice(left.indexOf(next), 1);
    chosen.push(next.one);
    for (const other of left) other.alike = Math.max(other.alike, likeness(next.body, other.body));
  }
}

/** As much of a head as there is of the one that is typed. */
function comparedHead(head: string, wanted: WantedFunction): string {
  return wanted.isHeadWhole ? bareHead(head) : head.slice(0, wanted.head.length);
}

/** A head without what opens the body. */
function bareHead(head: string): string {
  return head.replace(/\s*(?:=>\s*)?[{:]?\s*$/, '');
}
