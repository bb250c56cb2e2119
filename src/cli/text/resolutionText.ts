import type { Terminal } from '../command.ts';
import type { CandidateDocument, ResolutionDocument } from '../placeDocument.ts';
import {
  describeMended,
  type MendedBy,
  type MendedPlace,
} from '../../core/model/resolution/mended.ts';
import { countOf } from './format.ts';
import { formatPlaces } from './placesText.ts';
import type { Style } from './style.ts';

/** More are counted only. */
const FILES_SHOWN = 3;
const CANDIDATES_SHOWN = 3;

/** What mended it already, if anything; places, then the patch that was chosen or those nothing tells apart, with what speaks for them. */
export function formatResolution(
  { places, mendedBy, choice, why, notes, candidates, applied }: ResolutionDocument,
  { style }: Pick<Terminal, 'style'>,
): string {
  const paths = new Set(
    places
      .filter(({ kind }) => kind === 'file')
      .slice(0, FILES_SHOWN)
      .map(({ path }) => path),
  );
  const near = formatPlaces(
    places.filter(({ path }) => paths.has(path)),
    { style },
  );
  const shown =
    choice === 'chosen' ? candidates.slice(0, 1) : candidates.slice(0, CANDIDATES_SHOWN);
  const others = candidates.length - shown.length;
  const sections = [
    ...(mendedBy === null ? [] : [formatMended(mendedBy, style)]),
    near === '' ? 'No place found: no word of the issue is in the code' : near,
    `${headingOf(candidates.length, choice, mendedBy)}${triedText(shown, choice)}${why.length > 0 && choice !== 'chosen' ? `: ${why.join('; ')}` : ''}`,
    ...notes.map((note) => `Note: ${note}`),
    ...shown.map((candidate) => formatCandidate(candidate, style)),
    ...(others > 0 ? [style.faint(`${countOf(others, 'other candidate')}: see --json`)] : []),
    ...(applied.length > 0 ? [`Written: ${applied.join(', ')}`] : []),
  ];
  return sections.join('\n\n');
}

function formatMended(mendedBy: MendedBy, style: Style): string {
  const at = ({ path, symbol, range }: MendedPlace): string => {
    const line = range === null ? '' : `:${range.start.line + 1}`;
    return `   ${style.name(`${path}${line}`)}${symbol === null ? '' : ` ${symbol}`}`;
  };
  return [describeMended(mendedBy).text, ...mendedBy.places.map(at)].join('\n');
}

function headingOf(
  count: number,
  choice: ResolutionDocument['choice'],
  mendedBy: MendedBy | null,
): string {
  if (count === 0) return 'No fix is proposed';
  // It may be good enough, only not needed.
  return mendedBy !== null && choice === 'none' ? 'No fix is chosen' : HEADINGS[choice];
}

const HEADINGS = {
  chosen: 'Proposed fix',
  tie: 'Several fixes are equally likely',
  none: 'No fix is good enough',
} as const;

/** What no test was run on must not pass for tried. */
function triedText(
  shown: readonly CandidateDocument[],
  choice: ResolutionDocument['choice'],
): string {
  if (shown.length === 0 || shown.some(({ isTested }) => isTested)) return '';
  return choice === 'chosen' ? ', not tried by any test' : ', none tried by any test';
}

function formatCandidate({ why, diff }: CandidateDocument, style: Style): string {
  return [...why.map((reason) => style.faint(reason)), diff.trimEnd()].join('\n');
}
