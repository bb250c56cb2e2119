import type { FileFragments, Language, SourceFile } from '../code.ts';

/** Reads fragments out of source text. */
export interface Extractor {
  /** By file name; `undefined` where no grammar reads it. */
  languageOf(path: string): Language | undefined;
  /** `undefined` where `languageOf` is. Broken code yields its sound fragments. */
  extract(file: SourceFile): Promise<FileFragments | undefined>;
}
