/** Entry of a reading process: reads files for its parent, one after the other. */
import { setPriority } from 'node:os';
import { openExtractor } from '../../../extraction/extractor.ts';
import { createSecretGate } from '../../../secrets/gate.ts';
import { openSourceTexts } from '../../../sources/sourceText.ts';
import { createFileReader, settingsOf, type FileReader, type FileRequest } from './fileReader.ts';
import type { ReadingReply, ReadingSettings } from './protocol.ts';

/** Whoever wants a core goes first, and a process that reads still gets its turn. */
const PRIORITY = 5;

try {
  setPriority(PRIORITY);
} catch {
  // A sandbox may forbid it; reading works all the same.
}
process.on('disconnect', () => process.exit());
void serve(JSON.parse(process.argv[2] ?? '{}') as ReadingSettings);

async function serve(settings: ReadingSettings): Promise<void> {
  const reader = await open(settings);
  let answered = Promise.resolve();
  process.on('message', (request: FileRequest) => {
    answered = answered.then(async () => {
      reply(await answer(reader, request));
    });
  });
  reply({ type: 'ready' });
}

async function answer(reader: FileReader, request: FileRequest): Promise<ReadingReply> {
  try {
    return { type: 'read', reading: await reader.read(request) };
  } catch {
    return { type: 'failed' };
  }
}

async function open({
  assetsDir,
  root,
  attributesFile,
  config,
}: ReadingSettings): Promise<FileReader> {
  const { exclude, languages, minLines } = config;
  return createFileReader({
    read: openSourceTexts(root, { attributesFile, exclude, languages }).readFile,
    gate: createSecretGate(),
    extractor: await openExtractor({ assetsDir, minLines }),
    settings: settingsOf(config),
    clockMs: () => performance.now(),
  });
}

function reply(message: ReadingReply): void {
  process.send?.(message);
}
