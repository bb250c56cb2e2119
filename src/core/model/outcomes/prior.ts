/**
 * What is believed of a pattern of which nothing is known: 70 % success, with the weight of three
 * ratings. The least success rate asked for is 70 % too, so a fresh pattern is neither useless nor proven; with less
 * weight its 90 % interval would end at 100 %.
 */
export const PRIOR = { mean: 0.7, weight: 3 } as const;
