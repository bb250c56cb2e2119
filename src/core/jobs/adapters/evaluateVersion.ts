import { readFileSync } from 'node:fs';
import type { AdapterVersion, EvaluationReport, ParentShare } from '../../model/api/adapters.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import { openAdapter } from '../../adapters/adapter.ts';
import { compareAdapters } from '../../adapters/evaluate.ts';
import type { VersionStore } from '../../adapters/versions/store.ts';

/** A merge that loses more of what its parents do is asked about before it is activated. */
const MOST_ERROR = 0.5;

/** Compares a version with each of its parents, as far as they are at hand. */
export function evaluateVersion(store: VersionStore, name: string): EvaluationReport {
  const version = store.get(name);
  const merged = openAdapter(store.open(version));
  try {
    const parents = version.parent_versions.map((parent, at): ParentShare => {
      const outcomes = store.has(parent) ? store.get(parent).outcomes : undefined;
      const likeness = compareWith(
        store.has(parent) ? store.open(store.get(parent)) : version.parent_paths[at],
      );
      return { name: parent, ...likeness, ...(outcomes && { outcomes }) };
    });
    return { version, parents };
  } finally {
    merged.file.close();
  }

  function compareWith(path: string | undefined): Omit<ParentShare, 'name' | 'outcomes'> {
    const absent = { share: null, cosine: null, distance: null };
    if (path === undefined) return absent;
    try {
      const parent = openAdapter(path);
      try {
        return compareAdapters(merged, parent);
      } finally {
        parent.file.close();
      }
    } catch (error) {
      if (error instanceof AppError) return absent;
      throw error;
    }
  }
}

/**
 * Adds outcomes that were observed: JSON lines of a version's name and whether it did well.
 *
 * @throws AppError `bad-argument`, naming the line; then none is added
 */
export function addOutcomes(store: VersionStore, file: string): void {
  const counts = new Map<string, { successes: number; failures: number }>();
  const lines = readLines(file);
  lines.forEach((line, index) => {
    if (line.trim() === '') return;
    const { version, success } = parseOutcome(line) ?? {};
    if (typeof version !== 'string' || typeof success !== 'boolean' || !store.has(version)) {
      const text = localized`${file}, line ${index + 1}: this is not an outcome of a kept version`;
      throw new AppError('bad-argument', text);
    }
    const count = counts.get(version) ?? { successes: 0, failures: 0 };
    if (success) count.successes++;
    else count.failures++;
    counts.set(version, count);
  });
  for (const [version, { successes, failures }] of counts) {
    store.addOutcomes(version, successes, failures);
  }
}

/**
 * Why a version is not to be activated without being told to: by outcomes it does worse than the
 * active one, or its merge lost more than half of what its parents do.
 *
 * @throws AppError `adapter-worse`
 */
export function checkWorth(version: AdapterVersion, active: AdapterVersion | undefined): void {
  const { outcomes, relative_error: error, version_name: name } = version;
  if (active?.outcomes && outcomes && outcomes.low < active.outcomes.low) {
    const percent = (low: number) => Math.round(low * 100);
    throw new AppError(
      'adapter-worse',
      localized`${name} succeeds in at least ${percent(outcomes.low)} % of its uses, the active ${active.version_name} in ${percent(active.outcomes.low)} %`,
    );
  }
  if (error !== null && error > MOST_ERROR) {
    const text = localized`${name} loses ${Math.round(error * 100)} % of what its parents can do`;
    throw new AppError('adapter-worse', text);
  }
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    throw new AppError('bad-argument', localized`${file} cannot be read`, { cause: error });
  }
}

function parseOutcome(
  line: string,
): { readonly version?: unknown; readonly success?: unknown } | undefined {
  try {
    return (JSON.parse(line) ?? undefined) as object | undefined;
  } catch {
    return undefined;
  }
}
