import type { Engine, Watch } from '../core/model/engine.ts';
import type { EngineMethod } from '../protocol/engineProcess.ts';

type Calls = {
  readonly [Method in EngineMethod]: (
    engine: Engine,
    parameters: Parameters<Engine[Method]>,
    watch: Watch,
  ) => Promise<unknown>;
};

const CALLS: Calls = {
  extract: (engine, [options], watch) => engine.extract(options, watch),
  history: (engine, [options], watch) => engine.history(options, watch),
  search: (engine, [query], watch) => engine.search(query, watch),
  browse: (engine, [query], watch) => engine.browse(query, watch),
  list: (engine, parameters) => engine.list(...parameters),
  show: (engine, parameters) => engine.show(...parameters),
  detail: (engine, parameters) => engine.detail(...parameters),
  locate: (engine, parameters) => engine.locate(...parameters),
  recordUse: (engine, parameters) => engine.recordUse(...parameters),
  add: (engine, parameters) => engine.add(...parameters),
  addFragments: (engine, parameters) => engine.addFragments(...parameters),
  edit: (engine, parameters) => engine.edit(...parameters),
  rate: (engine, parameters) => engine.rate(...parameters),
  forget: (engine, parameters) => engine.forget(...parameters),
  restore: (engine, parameters) => engine.restore(...parameters),
  accept: (engine, parameters) => engine.accept(...parameters),
  export: (engine, [options, file], watch) => engine.export(options, file, watch),
  import: (engine, [source, pack], watch) => engine.import(source, pack, watch),
  settings: (engine, parameters) => engine.settings(...parameters),
  stats: (engine) => engine.stats(),
  doctor: (engine, parameters) => engine.doctor(...parameters),
  compact: (engine) => engine.compact(),
};

export interface Asked {
  readonly method: EngineMethod;
  /** Those of the method without its trailing `Watch`; whoever asks is of the same build. */
  readonly parameters: readonly unknown[];
}

/** Asks the engine what came over the wire. */
export async function callEngine(
  engine: Engine,
  { method, parameters }: Asked,
  watch: Watch,
): Promise<unknown> {
  return CALLS[method](engine, parameters as never, watch);
}
