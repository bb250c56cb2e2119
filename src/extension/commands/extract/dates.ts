const DAY_MS = 24 * 60 * 60 * 1000;

/** The day so many days earlier, `2024-05-31`, in UTC. */
export function daysBefore(date: Date, days: number): string {
  return new Date(date.getTime() - days * DAY_MS).toISOString().slice(0, 10);
}

/** A day as a person writes it; `undefined` where the calendar has none such. */
export function toIsoDate(text: string): string | undefined {
  const trimmed = text.trim();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(trimmed)) return undefined;
  const date = new Date(`${trimmed}T00:00:00Z`);
  // Some engines roll the 31st of a short month over.
  const isReal = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(trimmed);
  return isReal ? trimmed : undefined;
}
