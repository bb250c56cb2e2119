/** What an imported pack is called: its file's name without the ending, as in `team` for `team.pack`. */
export function toPackName(fileName: string): string {
  // A name that is nothing but an ending, such as `.pack`, is kept whole.
  return fileName.replace(/(?<=.)\.[^.]+$/, '');
}
