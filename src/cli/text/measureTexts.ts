/** What a measure of an experiment means; a number in its name stands in the place of `#`. */
const MEANINGS: Readonly<Record<string, string>> = {
  'file-recall@#': 'share of the files to be changed that are among the first # files',
  'function-recall@#': 'share of the functions to be changed that are among the first # places',
  'file-reciprocal-rank': '1 divided by the rank of the first right file; its mean is the MRR',
  'line-recall': 'share of the lines to be changed that lie in the places',
  'lines-handed-on': 'lines that the places hold; fewer are better at the same recall',
  proposed: 'share of issues for which a patch was proposed',
  similarity: 'how alike its lines are to those of the known patch; unrelated ones have about 0.16',
  'edit-similarity': 'how alike it is to the known patch as an edit of the syntax tree',
  'pass-rate': 'share of the tests of the known patch that it passes; 1 resolves the issue',
  coverage: 'share of the lines it puts in that these tests ran',
  'finds-gold': 'whether the known patch was chosen among the proposals',
};

const OF_A_STEP: Readonly<Record<string, string>> = {
  mean: 'mean of the patches',
  best: 'best of the patches',
  'of-choice': 'of the chosen patch',
  'of-random': 'of a patch drawn by chance',
  'of-oracle': 'of the best patch, which none can beat',
  gain: '0: the choice is as good as chance, 1: it is the best, below 0: it is worse than chance',
};

/**
 * What a measure says and which way is better, in half a line.
 *
 * @returns `undefined` for one that is not known here
 */
export function measureMeaning(measure: string): string | undefined {
  const number = /@(\d+)$/.exec(measure)?.[1];
  const whole = MEANINGS[measure.replace(/@\d+$/, '@#')];
  if (whole !== undefined) {
    const said = whole.replace(/are among the first # \w+/, (all) =>
      number === '1' ? 'come first' : all.replace('#', number ?? ''),
    );
    return measure === 'lines-handed-on' ? said : `${said}; more is better`;
  }
  const ending = Object.keys(OF_A_STEP).find((one) => measure.endsWith(`-${one}`)) ?? '';
  const what = MEANINGS[measure.slice(0, -ending.length - 1)];
  if (ending === '' || what === undefined) return undefined;
  return ending === 'of-random' || ending === 'of-oracle'
    ? `${what} (${OF_A_STEP[ending] ?? ''}): to compare with`
    : `${what} (${OF_A_STEP[ending] ?? ''}); more is better`;
}
