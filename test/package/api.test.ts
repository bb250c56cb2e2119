import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(import.meta.dirname, '../..');

/** What a program does with a library in five lines, and what a program may not do. */
const SAMPLE = `import { openEngine, type Pattern } from 'pattern-foundry';

const engine = await openEngine({ library: process.argv[2] ?? '', folder: '.' });
const code = 'def add_all(items):\\n    return sum(items)\\n';
const pattern: Pattern = await engine.curate.add({ code, language: 'python', name: 'add_all' });
await engine.curate.rate(pattern.id, 5, { task: 'sum up' });
const { rows } = await engine.find.patterns({ text: 'add all', minRelevance: 0 });
const { text } = await engine.prompts.inject({ task: 'add all', prompt: '', minRelevance: 0 });
console.log(JSON.stringify({ found: rows.map(({ name }) => name), isFenced: text.includes('def add_all') }));
await engine.close();
`;
const WRONG = `import { openEngine } from 'pattern-foundry';
const engine = await openEngine({ folder: 3 });
await engine.curate.rate('x', 7, {});
`;

describe('the package for programs', function () {
  this.timeout(180_000);
  let place = '';

  before(() => {
    place = mkdtempSync(join(tmpdir(), 'pattern-foundry-api-'));
    const packed = join(place, 'packed');
    mkdirSync(packed);
    const argv = ['pack', '--ignore-scripts', '--silent', '--pack-destination', packed];
    const tarball = execFileSync('npm', argv, { cwd: ROOT, encoding: 'utf8' }).trim();
    const modules = join(place, 'node_modules');
    mkdirSync(modules);
    execFileSync('tar', ['-xzf', join(packed, tarball), '-C', place]);
    cpSync(join(place, 'package'), join(modules, 'pattern-foundry'), { recursive: true });
    // Its dependencies are those that an installation would bring along.
    for (const name of [
      'onnxruntime-node',
      'onnxruntime-common',
      'zod',
      '@types',
      'undici-types',
    ]) {
      symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
    }
    writeFileSync(join(place, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(place, 'sample.ts'), SAMPLE);
    writeFileSync(join(place, 'wrong.ts'), WRONG);
  });
  after(() => {
    rmSync(place, { recursive: true, force: true });
  });

  const compile = (file: string): readonly string[] => {
    const program = ts.createProgram([join(place, file)], {
      strict: true,
      exactOptionalPropertyTypes: true,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      types: ['node'],
      typeRoots: [join(place, 'node_modules/@types')],
      outDir: join(place, 'out'),
    });
    program.emit();
    return ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  };

  it('has types that a program compiles against, and that catch what is wrong', () => {
    assert.deepEqual(compile('sample.ts'), []);
    assert.equal(compile('wrong.ts').length, 2);
  });

  it('does in a few lines what a program wants of a library', () => {
    compile('sample.ts');
    const argv = [join(place, 'out/sample.js'), join(place, 'library')];
    const out = execFileSync(process.execPath, argv, { cwd: place, encoding: 'utf8' });
    assert.deepEqual(JSON.parse(out), { found: ['add_all'], isFenced: true });
  });
});
