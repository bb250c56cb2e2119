import { zipSync } from 'fflate';
import { writeFileSync } from 'node:fs';

/** An extension that is made on the spot; its id is `nobody.<name>`. */
export interface SmallExtension {
  readonly name: string;
  /** Beside what every manifest has. */
  readonly manifest: Readonly<Record<string, unknown>>;
  /** Its one file, as CommonJS. */
  readonly main: string;
}

/** Writes it as a `.vsix` that VS Code installs. */
export function writeVsix(file: string, { name, manifest, main }: SmallExtension): void {
  const whole = {
    ...{ name, publisher: 'nobody', version: '1.0.0', main: './main.js' },
    ...{ engines: { vscode: '^1.93.0' }, activationEvents: ['*'] },
    ...manifest,
  };
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  writeFileSync(
    file,
    zipSync({
      'extension/package.json': bytes(JSON.stringify(whole)),
      'extension/main.js': bytes(main),
    }),
  );
}
