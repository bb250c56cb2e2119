import type { CallTable } from './calls.ts';

export const MERGE_METHODS = ['cat', 'svd', 'average'] as const;

/** `cat` is exact and as large as all together; `svd` the best of a given rank; `average` the mean of the factors. */
export type MergeMethod = (typeof MERGE_METHODS)[number];

/**
 * What becomes of whole weights, such as trained heads. They are no changes of a common start, so
 * that there is no merge of them that is right for all.
 */
export const HEAD_POLICIES = ['refuse', 'first', 'average', 'drop'] as const;

export type HeadPolicy = (typeof HEAD_POLICIES)[number];

export const ELEMENT_TYPES = ['F32', 'F16', 'BF16'] as const;

export type ElementType = (typeof ELEMENT_TYPES)[number];

export interface MergeRequest {
  /** Files, folders or names of versions; at least one. */
  readonly adapters: readonly string[];
  /** One for each adapter; equal when absent. */
  readonly weights?: readonly number[] | undefined;
  /** One for each adapter, 0 to 1; they are its weights. */
  readonly successRates?: readonly number[] | undefined;
  readonly method: MergeMethod;
  /** Most ranks of a module for `svd`; the largest of the adapters when absent. */
  readonly rank?: number | undefined;
  readonly heads: HeadPolicy;
  readonly type: ElementType;
  /** Merges adapters made for models with different names. */
  readonly force: boolean;
  /** A `.safetensors` file, or a folder as PEFT saves it; only the version is kept when absent. */
  readonly output?: string | undefined;
  /** Name of the version; made of date and content when absent. */
  readonly name?: string | undefined;
}

/** One kept adapter; field names as in the design document and its API. */
export interface AdapterVersion {
  readonly id: string;
  readonly version_name: string;
  /** Folder below that of all adapters. */
  readonly adapter_path: string;
  readonly created_by: string;
  /** ISO 8601, UTC. */
  readonly created_at: string;
  readonly parent_versions: readonly string[];
  /** Where each parent was read from, for comparing with it later. */
  readonly parent_paths: readonly string[];
  readonly method: MergeMethod;
  readonly weights: readonly number[];
  readonly success_rates?: readonly number[];
  readonly rank: number;
  /** Beside the exact merge; `null` where only numbers are rounded. */
  readonly relative_error: number | null;
  /** Of the tensor file, lower-case hex. */
  readonly sha256: string;
  readonly base_model: string | null;
  readonly is_active: boolean;
  /** Judged uses, where any were recorded. */
  readonly outcomes?: Outcomes;
}

export interface Outcomes {
  readonly successes: number;
  readonly failures: number;
  /** Wilson bounds of the share of successes, 95 %. */
  readonly low: number;
  readonly high: number;
}

export interface MergedModuleReport {
  readonly name: string;
  readonly rank: number;
  /** `null` where only numbers are rounded or it was not measured. */
  readonly relative_error: number | null;
}

export interface MergeReport {
  readonly version: AdapterVersion;
  readonly output?: string;
  readonly modules: readonly MergedModuleReport[];
  /** Whole weights that were kept. */
  readonly heads: readonly string[];
}

/** How a merge stands to one of its parents, over all modules. */
export interface ParentShare {
  readonly name: string;
  /** ⟨merge, parent⟩ / ‖parent‖²: 1 where the parent is in it whole; `null` where it is not at hand. */
  readonly share: number | null;
  readonly cosine: number | null;
  /** ‖merge − parent‖ / ‖parent‖. */
  readonly distance: number | null;
  readonly outcomes?: Outcomes;
}

export interface EvaluationReport {
  readonly version: AdapterVersion;
  readonly parents: readonly ParentShare[];
}

/** One change of the active version, newest last. */
export interface Activation {
  readonly version_name: string;
  readonly at: string;
  readonly by: string;
  readonly kind: 'activate' | 'rollback';
}

/** LoRA adapters: merged, kept as versions, one of them active. */
export interface AdaptersApi {
  /** @throws AppError `adapter-mismatch`, `adapter-damaged`, `adapter-not-found`, `adapter-unsupported`, `adapter-version-exists`, `bad-argument` */
  merge(request: MergeRequest): Promise<MergeReport>;
  /** Newest first. */
  list(): Promise<readonly AdapterVersion[]>;
  show(
    name: string,
  ): Promise<{ readonly version: AdapterVersion; readonly activations: readonly Activation[] }>;
  /** @throws AppError `adapter-version-not-found`, `adapter-damaged`; `adapter-worse` unless `force` */
  activate(name: string, force: boolean): Promise<AdapterVersion>;
  /** @param name the version that was active before the present one when absent */
  rollback(name?: string): Promise<AdapterVersion>;
  /** @param outcomes a file of JSON lines `{"version": name, "success": true|false}` that count from now on */
  evaluate(name: string, outcomes?: string): Promise<EvaluationReport>;
}

export const ADAPTERS_CALLS: CallTable<AdaptersApi> = {
  merge: 1,
  list: 0,
  show: 1,
  activate: 2,
  rollback: 1,
  evaluate: 2,
};
