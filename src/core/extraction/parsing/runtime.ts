import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { createMemoryImage, type MemoryImage } from './memoryImage.ts';
import type { ParserMemory } from './treeScan.ts';

/** What the parser's WebAssembly code runs in. */
export interface Runtime {
  readonly memory: ParserMemory;
  readonly stack: ParserStack;
  readonly growth: Growth;
  readonly image: MemoryImage;
}

/** How large the memory may become; a parse that asks for more ends with `OutOfRoom`. */
export interface Growth {
  maxBytes: number;
}

/** Thrown where the parser asks for more memory than it may have, which one step can take. */
export class OutOfRoom extends Error {}

/** The stack of the WebAssembly code, which nothing unwinds where that code is broken off. */
export interface ParserStack {
  top(): number;
  restore(top: number): void;
}

/**
 * The parser calls itself for deep nesting. Its own stack of 64 KB lies above its data, which it
 * would overwrite; with this one, the stack of JavaScript is used up first, which can be caught.
 */
const STACK_BYTES = 16 << 20;

type Receive = (instance: WebAssembly.Instance, module: WebAssembly.Module) => void;

/** Options for web-tree-sitter, and what can be had of it once it has started. */
export async function runtimeOptions(assetsDir: string): Promise<{
  readonly module: object;
  readonly started: () => Runtime;
}> {
  const compiled = await WebAssembly.compile(
    await readFile(join(assetsDir, 'web-tree-sitter.wasm')),
  );
  let stack: ParserStack | undefined;
  const growth: Growth = { maxBytes: Infinity };
  const module = {
    instantiateWasm(imports: WebAssembly.Imports, receive: Receive): object {
      raise(imports['env']?.['__stack_pointer']);
      raise(imports['GOT.mem']?.['__heap_base']);
      boundGrowth(imports['env'], growth);
      void WebAssembly.instantiate(compiled, imports).then((instance) => {
        stack = toParserStack(instance.exports);
        receive(instance, compiled);
      });
      return {};
    },
  };
  return {
    module,
    started() {
      if (!isParserMemory(module)) throw new Error('the parser does not show its memory');
      if (stack === undefined) throw new Error('the parser does not show its stack');
      const image = createMemoryImage(module, { startIndex: DATA_END, endIndex: STACK_END });
      return { memory: module, stack, growth, image };
    },
  };
}

function boundGrowth(env: WebAssembly.ModuleImports | undefined, growth: Growth): void {
  const resize = env?.['emscripten_resize_heap'];
  if (env === undefined || !isCallable(resize)) {
    throw new Error('the parser does not ask for memory');
  }
  env['emscripten_resize_heap'] = (bytes: number): unknown => {
    if (bytes >>> 0 > growth.maxBytes) throw new OutOfRoom('the parser needs too much memory');
    return resize(bytes);
  };
}

/** The stack ends where the heap begins. */
function raise(address: WebAssembly.ImportValue | undefined): void {
  if (!(address instanceof WebAssembly.Global)) {
    throw new Error('the parser does not import its stack');
  }
  address.value = STACK_END;
}

/** In the build of web-tree-sitter in package.json, where its data and its own stack end. */
const DATA_END = 82_240;
const STACK_END = DATA_END + STACK_BYTES;

function isParserMemory(module: object): module is ParserMemory {
  return 'HEAPU16' in module && 'HEAPU32' in module;
}

function toParserStack(exports: WebAssembly.Exports): ParserStack | undefined {
  const { emscripten_stack_get_current: top, _emscripten_stack_restore: restore } = exports;
  if (!isCallable(top) || !isCallable(restore)) return undefined;
  return { top: () => Number(top()), restore: (index) => void restore(index) };
}

function isCallable(value: unknown): value is (...values: number[]) => unknown {
  return typeof value === 'function';
}
