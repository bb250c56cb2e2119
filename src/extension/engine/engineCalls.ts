import type { Engine, Watch } from '../../core/model/engine.ts';
import type { EngineMethod } from '../../protocol/engineProcess.ts';

/** Asks one method of the engine process; `parameters` are without the trailing `Watch`. */
export type CallEngine = <Method extends EngineMethod>(
  method: Method,
  parameters: Parameters<Engine[Method]>,
  watch?: Watch,
) => ReturnType<Engine[Method]>;

/** An engine whose every call goes through `call`. */
export function createEngineCalls(call: CallEngine, rest: Pick<Engine, 'watch' | 'close'>): Engine {
  return {
    extract: (options, watch) => call('extract', [options], watch),
    history: (options, watch) => call('history', [options], watch),
    search: (query, watch) => call('search', [query], watch),
    browse: (query, watch) => call('browse', [query], watch),
    list: (...parameters) => call('list', parameters),
    show: (...parameters) => call('show', parameters),
    detail: (...parameters) => call('detail', parameters),
    locate: (...parameters) => call('locate', parameters),
    recordUse: (...parameters) => call('recordUse', parameters),
    add: (...parameters) => call('add', parameters),
    addFragments: (...parameters) => call('addFragments', parameters),
    edit: (...parameters) => call('edit', parameters),
    rate: (...parameters) => call('rate', parameters),
    forget: (...parameters) => call('forget', parameters),
    restore: (...parameters) => call('restore', parameters),
    accept: (...parameters) => call('accept', parameters),
    export: (options, file, watch) => call('export', [options, file], watch),
    import: (source, pack, watch) => call('import', [source, pack], watch),
    settings: (...parameters) => call('settings', parameters),
    stats: () => call('stats', []),
    doctor: (...parameters) => call('doctor', parameters),
    compact: () => call('compact', []),
    ...rest,
  };
}
