/** Values by name; each name has at least one. */
export type Axes<Point> = { readonly [Name in keyof Point]: readonly Point[Name][] };

/** Every combination of a value of each name, the last name changing fastest. */
export function combinations<Point extends object>(axes: Axes<Point>): readonly Point[] {
  let points: readonly Partial<Point>[] = [{}];
  for (const name of Object.keys(axes) as (keyof Point)[]) {
    points = points.flatMap((point) => axes[name].map((value) => ({ ...point, [name]: value })));
  }
  return points as readonly Point[];
}
