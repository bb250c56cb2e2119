import { SOURCE_EXTENSIONS } from '../core/model/sourceFile/fileLanguage.ts';

/** Glob of files that may hold code. */
export const SOURCE_FILES = `**/*.{${SOURCE_EXTENSIONS.join(',')}}`;
