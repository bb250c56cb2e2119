/**
 * What is believed of a pattern of which nothing is known: 70 % success, with the weight of three
 * ratings. The seed's gate is 70 %, so a fresh pattern is neither useless nor proven; with less
 * weight its 90 % interval would end at 100 %.
 */
export const PRIOR = { mean: 0.7, weight: 3 } as const;
