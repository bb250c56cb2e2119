import type { Config } from '../../../model/config.ts';
import type { FileReading } from './fileReader.ts';

/** What a reading process needs to know; handed over as JSON in its first argument. */
export interface ReadingSettings {
  readonly assetsDir: string;
  /** Absolute. */
  readonly root: string;
  /** See `SourceTextOptions`. */
  readonly attributesFile: string | undefined;
  readonly config: Config['extraction'];
}

/** A process is sent a `FileRequest` for each file and answers them in the order they were sent. */
export type ReadingReply =
  /** Comes first. */
  | { readonly type: 'ready' }
  | { readonly type: 'read'; readonly reading: FileReading }
  /** Reading failed, not for what is in the file. */
  | { readonly type: 'failed' };
