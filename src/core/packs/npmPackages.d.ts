/** The parts of npm that come without types. */
declare module '@npmcli/config' {
  export default class Config {
    constructor(options: Readonly<Record<string, unknown>>);
    load(): Promise<unknown>;
    readonly flat: Readonly<Record<string, unknown>>;
  }
}

declare module '@npmcli/config/lib/definitions/index.js' {
  export const definitions: object;
  export const shorthands: object;
  export const flatten: unknown;
}

declare module 'libnpmsearch' {
  interface Found {
    readonly name: string;
    /** Absent where the registry tells tags instead. */
    readonly version?: string;
    readonly 'dist-tags'?: Readonly<Record<string, string>>;
    readonly description?: string;
    readonly keywords?: readonly string[];
    readonly publisher?: { readonly username?: string };
  }
  export default function search(
    query: string,
    options: Readonly<Record<string, unknown>>,
  ): Promise<readonly Found[]>;
}
