/** Values by measure; `undefined` where a measure says nothing. */
export type Grades = Readonly<Record<string, number | undefined>>;
