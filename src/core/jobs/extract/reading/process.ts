/** Entry of a reading process: reads files for its parent, one after the other. */
import { openExtractor } from '../../../extraction/extractor.ts';
import { serveWork } from '../../../platform/processPool.ts';
import { createSecretGate } from '../../../secrets/gate.ts';
import { openSourceTexts } from '../../../sources/sourceText.ts';
import { createFileReader, settingsOf } from './fileReader.ts';
import type { FileRequest } from './fileReader.ts';
import type { ReadingSettings } from './readingSettings.ts';

void serveWork(async (settings) => {
  const { assetsDir, root, attributesFile, config } = settings as ReadingSettings;
  const { exclude, languages, minLines } = config;
  const reader = createFileReader({
    read: openSourceTexts(root, { attributesFile, exclude, languages }).readFile,
    gate: createSecretGate(),
    extractor: await openExtractor({ assetsDir, minLines }),
    settings: settingsOf(config),
    clockMs: () => performance.now(),
  });
  return (request) => reader.read(request as FileRequest);
});
