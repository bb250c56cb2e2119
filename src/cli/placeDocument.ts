import type { CodePointer } from '../core/model/resolution/codePointer.ts';

/** A place as JSON has it: its reasons are plain sentences. */
export type PlaceDocument = Omit<CodePointer, 'why'> & { readonly why: readonly string[] };
