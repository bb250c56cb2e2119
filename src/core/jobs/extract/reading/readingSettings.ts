import type { Config } from '../../../model/config.ts';

/** What a reading process needs to know; handed over as JSON in its first argument. */
export interface ReadingSettings {
  readonly assetsDir: string;
  /** Absolute. */
  readonly root: string;
  /** See `SourceTextOptions`. */
  readonly attributesFile: string | undefined;
  readonly config: Config['extraction'];
}
