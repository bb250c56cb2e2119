import type { Watch } from './watch.ts';

/**
 * The methods of one area by name, with the number of their parameters; a trailing `Watch` is not
 * counted, because it travels as messages. Both ends of a channel read what may be asked from it.
 */
export type CallTable<Area> = { readonly [Method in keyof Area]: ParameterCount<Area[Method]> };

/** The tables of an API by area. */
export type ApiTable<Api> = { readonly [Area in keyof Api]: CallTable<Api[Area]> };

type ParameterCount<Method> = Method extends (...parameters: infer All) => unknown
  ? Required<All> extends readonly [...infer Others, Watch]
    ? Others['length']
    : Required<All>['length' & keyof All]
  : never;
