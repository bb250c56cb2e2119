import type { FileReader, FileReading, FileRequest } from './fileReader.ts';

export interface Reading<File> {
  readonly reader: FileReader;
  readonly requestFor: (file: File) => FileRequest;
  /** Asked before each file. */
  readonly isStopped: () => Promise<boolean>;
}

/**
 * Asks the reader for as many files ahead as keep it busy, and gives what it read in the order of the
 * files, until it is stopped.
 */
export async function* readAhead<File>(
  files: readonly File[],
  { reader, requestFor, isStopped }: Reading<File>,
): AsyncGenerator<readonly [File, FileReading], undefined> {
  const coming: Promise<FileReading>[] = [];
  let asked = 0;
  for (const [index, file] of files.entries()) {
    if (await isStopped()) return undefined;
    for (const next of files.slice(asked, index + reader.atOnce)) {
      const reading = reader.read(requestFor(next));
      // It is heard of in its turn, and not at all after a stop.
      reading.catch(() => undefined);
      coming.push(reading);
      asked += 1;
    }
    const reading = await coming.shift();
    if (reading !== undefined) yield [file, reading];
  }
  return undefined;
}
