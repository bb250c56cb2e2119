import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The platforms of VS Code that there is a native ONNX runtime for, and the libraries it is made of.
 * Of what onnxruntime-node ships besides, DirectML and the shader compiler are for graphics cards.
 */
const LIBRARIES = {
  'darwin-arm64': ['libonnxruntime.1.dylib'],
  'linux-arm64': ['libonnxruntime.so.1'],
  'linux-x64': ['libonnxruntime.so.1'],
  'win32-arm64': ['onnxruntime.dll'],
  'win32-x64': ['onnxruntime.dll'],
} as const;

/** As `vsce package --target` names it. */
export type NativeTarget = keyof typeof LIBRARIES;

export const NATIVE_TARGETS = Object.keys(LIBRARIES) as NativeTarget[];

export function isNativeTarget(name: string): name is NativeTarget {
  return Object.hasOwn(LIBRARIES, name);
}

/** That of this machine; `undefined` where the package for all platforms serves it. */
export function ownTarget(): NativeTarget | undefined {
  const own = `${process.platform}-${process.arch}`;
  // Alpine, for one, has another C library than the runtime was built for.
  const report = process.report.getReport() as { readonly header?: Record<string, unknown> };
  const isForeign =
    process.platform === 'linux' && report.header?.['glibcVersionRuntime'] === undefined;
  return isNativeTarget(own) && !isForeign ? own : undefined;
}

/** Files below `node_modules` that the embedding process needs to run natively. */
export function nativeFiles(target: NativeTarget): readonly string[] {
  const binaries = `onnxruntime-node/bin/napi-v6/${target.replace('-', '/')}`;
  return [
    'onnxruntime-common/package.json',
    'onnxruntime-common/dist/cjs',
    'onnxruntime-node/package.json',
    'onnxruntime-node/dist',
    `${binaries}/onnxruntime_binding.node`,
    ...LIBRARIES[target].map((library) => `${binaries}/${library}`),
  ];
}

/** What npm installed lacks of it. */
export function missingFiles(root: string, target: NativeTarget): readonly string[] {
  return nativeFiles(target).filter((path) => !existsSync(join(root, 'node_modules', path)));
}
