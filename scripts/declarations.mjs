/** Writes the types that programs compile against: those of `src/api` and of what they name. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const SOURCE = resolve('src');

/** @param folder `api/main.d.ts` is where it begins */
export function writeDeclarations(folder) {
  const waiting = [join(SOURCE, 'api/main.ts')];
  const known = new Set(waiting);
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const { outputText } = ts.transpileDeclaration(readFileSync(file, 'utf8'), {
      fileName: file,
      compilerOptions: { isolatedDeclarations: true, strict: true, module: ts.ModuleKind.NodeNext },
    });
    for (const { fileName } of ts.preProcessFile(outputText).importedFiles) {
      const target = resolve(dirname(file), fileName);
      if (!fileName.startsWith('.') || known.has(target)) continue;
      known.add(target);
      waiting.push(target);
    }
    const place = join(folder, relative(SOURCE, file).replace(/\.ts$/, '.d.ts'));
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(
      place,
      outputText.replace(/(from|import\()\s*(['"])(\.[^'"]*)\.ts\2/g, '$1 $2$3.js$2'),
    );
  }
}
