import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import ts from 'typescript';

/**
 * That an experiment cannot forget to write its messages is a matter of types, so the compiler itself
 * is asked. Each body is that of `run` of an experiment.
 */
const ROOT = resolve(import.meta.dirname, '../../..');
const WRITE = `const written = await sequences.write({ stage: 'generation', name: 'only', parent: null,
  messages: [], usage: { input: 0, output: 0, isGuessed: false }, output: null });`;

const BODIES: Readonly<Record<string, { readonly body: string; readonly compiles: boolean }>> = {
  'writes and returns its receipt': {
    body: `${WRITE} return sequences.finish([written]);`,
    compiles: true,
  },
  'forgets its receipt': { body: `${WRITE} await sequences.finish([written]);`, compiles: false },
  'returns early without a receipt': {
    body: `${WRITE} if (instance.text === '') return; return sequences.finish([written]);`,
    compiles: false,
  },
  'ends without having written': { body: 'return sequences.finish([]);', compiles: false },
  'makes up what it wrote': {
    body: `return sequences.finish([{ id: '0' }]);`,
    compiles: false,
  },
  'makes up a receipt': { body: `return { sequences: ['0'] };`, compiles: false },
  'returns the receipt of another run': { body: `return other;`, compiles: false },
  'finishes with what another run wrote': {
    body: `return sequences.finish([others]);`,
    compiles: false,
  },
};

describe('an experiment', () => {
  let faults: readonly (readonly string[])[] = [];
  before(() => {
    faults = compile(Object.values(BODIES).map(({ body }) => body));
  });
  for (const [index, [name, { compiles }]] of Object.entries(BODIES).entries()) {
    it(`${compiles ? 'compiles' : 'does not compile'} when it ${name}`, () => {
      assert.equal(faults[index]?.length === 0, compiles, faults[index]?.join('\n'));
    });
  }
});

/** What is wrong with each body. */
function compile(bodies: readonly string[]): readonly (readonly string[])[] {
  const files = new Map(bodies.map((body, index) => [fileOf(index), programOf(body)]));
  const options = { strict: true, noEmit: true, skipLibCheck: true, noImplicitReturns: true };
  const host = ts.createCompilerHost({}, true);
  const fileExists = host.fileExists.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.getSourceFile = (name, target, ...others) => {
    const text = files.get(name);
    return text === undefined
      ? getSourceFile(name, target, ...others)
      : ts.createSourceFile(name, text, target);
  };
  const program = ts.createProgram({
    rootNames: [...files.keys()],
    options: {
      ...options,
      allowImportingTsExtensions: true,
      module: ts.ModuleKind.Preserve,
      target: ts.ScriptTarget.ES2023,
      lib: ['lib.es2023.d.ts'],
      types: ['node'],
    },
    host,
  });
  return [...files.keys()].map((name) =>
    program
      .getSemanticDiagnostics(program.getSourceFile(name))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  );
}

function fileOf(index: number): string {
  return join(ROOT, 'src', 'core', `experiment${index}.ts`);
}

function programOf(body: string): string {
  return `import type { Experiment } from './model/resolution/experiment.ts';
import type { SequenceReceipt, Written } from './model/resolution/sequence.ts';
declare const other: SequenceReceipt<'another'>;
declare const others: Written<'another'>;
export const experiment: Experiment = {
  name: 'tried',
  hypers: () => [{}],
  async run(instanceId, modelEndpoint, { instance, sequences }) { ${body} },
};`;
}
