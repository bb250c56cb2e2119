/** Whether a failure of this code may end when the library is somewhere else. */
export function isOfLibraryPlace(code: string): boolean {
  return code.startsWith('library-');
}
