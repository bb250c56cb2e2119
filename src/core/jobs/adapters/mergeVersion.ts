import { constants, copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { MergeReport, MergeRequest } from '../../model/api/adapters.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import { CONFIG_FILE, WEIGHTS_FILE, openAdapter } from '../../adapters/adapter.ts';
import type { Adapter } from '../../adapters/adapter.ts';
import { mergeAdapters } from '../../adapters/merge/merge.ts';
import { toShares } from '../../adapters/merge/plan.ts';
import { makeFolders } from '../../platform/fileSystem.ts';
import { exists, type VersionStore } from '../../adapters/versions/store.ts';

/** An adapter that was named: a version, or a path. */
export interface NamedAdapter {
  readonly name: string;
  readonly path: string;
}

/** @param name of a version that is kept, else a file or folder */
export function findAdapter(store: VersionStore, name: string): NamedAdapter {
  if (store.has(name)) return { name, path: store.open(store.get(name)) };
  const path = resolve(name);
  const shown = basename(path) === WEIGHTS_FILE ? basename(dirname(path)) : basename(path);
  return { name: shown.replace(/\.safetensors$/, ''), path };
}

/**
 * Merges adapters, keeps the result as a version and writes it where it is wanted.
 *
 * @param by who does it
 * @param at ISO 8601, UTC
 */
export async function mergeVersion(
  store: VersionStore,
  request: MergeRequest,
  { by, at }: { readonly by: string; readonly at: string },
): Promise<MergeReport> {
  const { method, heads, type, force, successRates } = request;
  const shares = sharesOf(request);
  checkNew(store, request.name);
  const parents = request.adapters.map((name) => findAdapter(store, name));
  const place = request.output === undefined ? undefined : outputPlace(request.output, force);
  const adapters: Adapter[] = [];
  const draft = store.draft(at);
  try {
    for (const { path } of parents) adapters.push(openAdapter(path));
    const rank = request.rank ?? Math.max(...adapters.map(({ config }) => config.rank));
    const options = { shares, method, rank, heads, type, force };
    const merged = await mergeAdapters(adapters, options, join(draft, WEIGHTS_FILE));
    writeFileSync(join(draft, CONFIG_FILE), toJson(merged.config));
    if (place) copyOut(draft, place, request);
    const version = store.keep(
      draft,
      {
        created_by: by,
        created_at: at,
        parent_versions: parents.map(({ name }) => name),
        parent_paths: parents.map(({ path }) => path),
        method,
        weights: shares,
        ...(successRates && { success_rates: successRates }),
        rank: Math.max(...merged.modules.map((module) => module.rank)),
        relative_error: merged.relativeError ?? null,
        base_model: adapters[0]?.config.baseModel ?? null,
        sha256: merged.sha256,
      },
      request.name,
    );
    return {
      version,
      ...(place && { output: place.weights }),
      modules: merged.modules.map(({ name, rank: ranks, relativeError }) => ({
        name,
        rank: ranks,
        relative_error: relativeError ?? null,
      })),
      heads: merged.heads,
    };
  } finally {
    for (const { file } of adapters) file.close();
    rmSync(draft, { recursive: true, force: true });
  }
}

/** @throws AppError `bad-argument` */
function sharesOf({ adapters, weights, successRates }: MergeRequest): readonly number[] {
  if (successRates !== undefined && weights !== undefined) {
    throw new AppError('bad-argument', localized`give weights or success rates, not both`);
  }
  if (successRates?.some((rate) => !(rate >= 0 && rate <= 1)) === true) {
    throw new AppError('bad-argument', localized`a success rate is a number from 0 to 1`);
  }
  return toShares(successRates ?? weights, adapters.length);
}

/** Said before the work, not after it. @throws AppError `adapter-version-exists` */
function checkNew(store: VersionStore, name: string | undefined): void {
  if (name !== undefined && store.has(name)) throw exists(name);
}

interface Place {
  readonly weights: string;
  readonly config: string;
  readonly meta: string;
}

/** @throws AppError `bad-argument` where a configuration of another adapter would be lost */
function outputPlace(output: string, force: boolean): Place {
  const path = resolve(output);
  const weights = path.endsWith('.safetensors') ? path : join(path, WEIGHTS_FILE);
  const place = {
    weights,
    config: join(dirname(weights), CONFIG_FILE),
    meta: `${weights}.meta.json`,
  };
  if (existsSync(place.config) && !existsSync(place.meta) && !force) {
    const text = localized`${dirname(weights)} holds another adapter; name another folder`;
    throw new AppError('bad-argument', text);
  }
  return place;
}

function copyOut(draft: string, place: Place, request: MergeRequest): void {
  makeFolders(dirname(place.weights));
  // Where the disk can, both share what they hold.
  copyFileSync(join(draft, WEIGHTS_FILE), place.weights, constants.COPYFILE_FICLONE);
  copyFileSync(join(draft, CONFIG_FILE), place.config);
  const config = JSON.parse(readFileSync(place.config, 'utf8')) as { readonly r: number };
  const meta = {
    adapters: request.adapters,
    weights: sharesOf(request),
    ...(request.successRates && { success_rates: request.successRates }),
    num_adapters: request.adapters.length,
    method: request.method,
    rank: config.r,
  };
  writeFileSync(place.meta, toJson(meta));
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
