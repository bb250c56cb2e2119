import { statSync } from 'node:fs';
import { resolve as resolvePath } from 'node:path';
import { LOCALIZERS } from '../../core/model/api/resolution.ts';
import type { CodePointer } from '../../core/model/resolution/codePointer.ts';
import { answer } from '../command.ts';
import type { CommandSpec } from '../command.ts';
import { oneOf, required, text, wholeNumber } from '../input.ts';
import type { Input } from '../input.ts';
import type { Io } from '../io.ts';
import { type IssueInput, readIssueInput } from '../issueInput.ts';
import type { PlaceDocument } from '../placeDocument.ts';

const STEPS = ['localize'] as const;

export const resolve: CommandSpec = {
  name: 'resolve',
  summary: 'find the files and functions where an issue has to be fixed',
  operands: [
    {
      name: '<issue...>',
      summary: 'its text, a file, or a SWE-bench instance as JSON; - reads standard input',
    },
  ],
  options: [
    { flags: '--repo <dir>', summary: 'the repository (default: the current folder)' },
    { flags: '--only <step>', summary: `the only step so far: ${STEPS.join(', ')}` },
    { flags: '--revision <commit>', summary: 'the code at this commit; nothing is checked out' },
    { flags: '--localizer <name>', summary: `${LOCALIZERS.join(', ')} (default: hybrid)` },
    { flags: '-n, --limit <n>', summary: 'at most this many files, and functions (default: 10)' },
  ],
  examples: [
    ['resolve "total of an empty cart is NaN"', 'in the current folder'],
    ['resolve issue.md --repo ~/work/shop --revision v1.2', 'in an earlier version'],
    ['resolve - --only localize --json < failed-test.log', 'for a script'],
  ],
  async run(input, ctx) {
    oneOf(input, 'only', STEPS);
    const localizer = oneOf(input, 'localizer', LOCALIZERS);
    const limit = wholeNumber(input, 'limit', { min: 1, max: 1000 });
    const issue = await readIssueInput(required(input, 0), ctx.io);
    const revision = text(input, 'revision') ?? issue.revision;
    const instance = {
      text: issue.text,
      folder: folderOf(input, issue, ctx.io),
      ...(revision !== undefined && { revision }),
    };
    const options = {
      ...(localizer !== undefined && { localizer }),
      ...(limit !== undefined && { limit }),
    };
    const engine = await ctx.engine();
    const { places } = await ctx.watched((watch) =>
      engine.resolution.localize(instance, options, watch),
    );
    return answer(places.length > 0, { places: places.map(toDocument) }, async (safe, terminal) => {
      if (safe.places.length === 0) return 'nothing found: no word of the issue is in the code';
      const { formatPlaces } = await import('../text/placesText.ts');
      return formatPlaces(safe.places, terminal);
    });
  },
};

function toDocument(place: CodePointer): PlaceDocument {
  return { ...place, why: place.why.map((reason) => reason.text) };
}

/** What an instance says of its repository is only taken where it is a folder. */
function folderOf(input: Input, { repository }: IssueInput, { cwd }: Io): string {
  const named = text(input, 'repo');
  if (named !== undefined) return resolvePath(cwd, named);
  const folder = resolvePath(cwd, repository ?? '.');
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true ? folder : cwd;
}
