import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Chromium, libraries that small machines lack, and fonts. */
const ARCHIVES = ['chromium.br', 'swiftshader.tar.br', 'al2023.tar.br', 'fonts.tar.br'];

/** Paths are relative to the file itself. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir prefix="relative">chromium/fonts/fonts</dir>
  <dir prefix="relative">node_modules/dejavu-fonts-ttf/ttf</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
  <alias><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
  <alias><family>system-ui</family><prefer><family>Open Sans</family></prefer></alias>
  <match target="pattern">
    <edit name="family" mode="append_last"><string>Open Sans</string></edit>
  </match>
</fontconfig>
`;

/** The package unpacks into the temporary folder of its process, so that folder is one of ours. */
export function unpackChromium(place: string): void {
  const folder = join(place, 'chromium');
  mkdirSync(folder);
  const bin = join(place, 'node_modules/@sparticuz/chromium/bin');
  const script = `
    import { inflate } from '@sparticuz/chromium';
    for (const path of ${JSON.stringify(ARCHIVES.map((name) => join(bin, name)))}) await inflate(path);
  `;
  execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: place,
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  chmodSync(join(folder, 'chromium'), 0o755);
  writeFileSync(join(place, 'fonts.conf'), FONTS);
}
