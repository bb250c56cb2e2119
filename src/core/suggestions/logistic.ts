/** A logistic regression: its intercept, and a weight for each named feature. */
export type Logistic<Feature extends string> = Readonly<Record<Feature | 'intercept', number>>;

/** The chance, 0 to 1, that a model gives to features; those without a weight count nothing. */
export function chanceBy<Feature extends string>(
  model: Logistic<Feature>,
  features: Readonly<Record<Feature, number>>,
): number {
  let logit: number = model.intercept;
  for (const name of Object.keys(features) as Feature[]) logit += model[name] * features[name];
  return 1 / (1 + Math.exp(-logit));
}
