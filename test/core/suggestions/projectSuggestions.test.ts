import assert from 'node:assert/strict';

import type {
  LineLayout,
  SuggestionFile,
  TypingPlace,
  WrittenFunction,
} from '../../../src/core/model/suggestions/suggestion.ts';
import { createProjectSuggestions } from '../../../src/core/suggestions/projectSuggestions.ts';

const SPACES: LineLayout = { step: '    ', lineEnd: '\n' };

function written(parts: Partial<WrittenFunction> & { readonly name: string }): WrittenFunction {
  return {
    ...{
      head: `def ${parts.name}(self):`,
      comment: '',
      body: '    pass',
      firstLine: 0,
      lastLine: 1,
    },
    ...parts,
  };
}

function file(path: string, functions: readonly WrittenFunction[], text?: string): SuggestionFile {
  return {
    path,
    text: text ?? functions.map(({ head, body }) => `${head}\n${body}`).join('\n\n'),
    functions,
  };
}

/** The place of `|` in a text. */
function placeIn(path: string, marked: string): TypingPlace {
  const [before = '', after = ''] = marked.split('|');
  const lines = before.split('\n');
  return {
    path,
    before: lines.slice(0, -1),
    typed: lines.at(-1) ?? '',
    after: after.split('\n'),
    line: lines.length - 1,
  };
}

function suggest(files: readonly SuggestionFile[], place: TypingPlace, layout = SPACES) {
  const project = createProjectSuggestions();
  for (const one of files) project.put(one);
  return project.suggest(place, layout, (estimate) => estimate);
}

const PARSERS = file('parsers.py', [
  written({
    name: 'parse_user',
    head: 'def parse_user(text):',
    body: '    fields = text.split(",")\n    if not fields:\n        raise ValueError("no user")\n    return User(*fields)',
  }),
  written({ name: 'unrelated', head: 'def unrelated(a, b, c):', body: '    print(a)' }),
]);

describe('suggestions out of a project', () => {
  it('are a body below a head, with the names of that head', () => {
    const [body] = suggest([PARSERS], placeIn('orders.py', 'def parse_order(line):|'));
    assert.equal(body?.kind, 'body');
    assert.equal(
      body.text,
      '\n    fields = line.split(",")\n    if not fields:\n        raise ValueError("no user")\n    return Order(*fields)',
    );
    assert.deepEqual(body.origin, { path: 'parsers.py', line: 0, name: 'parse_user' });
  });

  it('are indented as the file is and end lines as it does', () => {
    const [body] = suggest([PARSERS], placeIn('orders.py', '\tdef parse_order(line):\n\t\t|'), {
      step: '\t',
      lineEnd: '\r\n',
    });
    assert.equal(
      body?.text,
      'fields = line.split(",")\r\n\t\tif not fields:\r\n\t\t\traise ValueError("no user")\r\n\t\treturn Order(*fields)',
    );
  });

  it('leave out the bracket that the editor has closed', () => {
    const known = file('a.js', [
      written({
        name: 'readAll',
        head: 'function readAll(path) {',
        body: '  const all = read(path);\n  return all;\n}',
      }),
    ]);
    const two: LineLayout = { step: '  ', lineEnd: '\n' };
    const [inside] = suggest([known], placeIn('b.js', 'function readMost(path) {|}'), two);
    assert.equal(inside?.text, '\n  const most = read(path);\n  return most;\n');
    const [below] = suggest([known], placeIn('b.js', 'function readMost(path) {\n  |\n}\n'), two);
    assert.equal(below?.text, 'const most = read(path);\n  return most;');
    const [open] = suggest([known], placeIn('b.js', 'function readMost(path) {|'), two);
    assert.equal(open?.text, '\n  const most = read(path);\n  return most;\n}');
  });

  it('are the rest of a function of which the name is typed, and all of it below a comment', () => {
    const [named] = suggest([PARSERS], placeIn('orders.py', 'def parse_order|'));
    assert.equal(named?.kind, 'function');
    assert.match(named.text, /^\(text\):\n {4}fields = text/);
    const [commented] = suggest([PARSERS], placeIn('orders.py', '# Parses a user.\n|'));
    assert.match(commented?.text ?? '', /^def parse_user\(text\):\n/);
  });

  it('come from what is not committed before what is', () => {
    const head = 'def check(self, value):';
    const old = file('old.py', [
      written({ name: 'check_a', head, body: '    return value > 1\n' }),
    ]);
    const fresh: SuggestionFile = {
      ...file('new.py', [written({ name: 'check_b', head, body: '    return value < 2\n' })]),
      committed: { text: '', functions: [] },
    };
    const [body] = suggest([old, fresh], placeIn('third.py', 'def check(self, value):|'));
    assert.equal(body?.origin?.path, 'new.py');
  });

  it('go on as lines went on elsewhere, up to six', () => {
    const lines = Array.from({ length: 9 }, (_, at) => `  step_number_${at}(state);`);
    const known = file('a.js', [], ['run(() => {', ...lines, '});'].join('\n'));
    const [found] = suggest(
      [known, file('b.js', [], '')],
      placeIn('b.js', `${lines.slice(0, 2).join('\n')}\n  |`),
    );
    assert.equal(found?.kind, 'lines');
    assert.equal(found.text.split('\n')[0], 'step_number_2(state);');
    assert.ok(found.text.split('\n').length <= 6);
  });

  it('are not what stands at the cursor already, however often the file was read', () => {
    const known = file('a.js', [], 'open(store);\nread_every_entry(store);\nclose(store);\n');
    const text = 'start();\nopen(store);\nread_every\nreport(errors);\n';
    const place = placeIn('b.js', text.replace('read_every', 'read_every|'));
    const [finished] = suggest([known, file('b.js', [], text)], place);
    assert.equal(finished?.text, '_entry(store);');
    const begun = 'start();\nopen(store);\n\nreport(errors);\n';
    const [inserted] = suggest(
      [known, file('b.js', [], begun)],
      placeIn('b.js', begun.replace(';\n\n', ';\n|\n')),
    );
    assert.equal(inserted?.text, 'read_every_entry(store);');
  });

  it('are no body of the function that is being written', () => {
    const head = 'def parse_order(text):';
    const own = file('orders.py', [
      written({ name: 'parse_order', head, body: '    return text.unfinished()' }),
    ]);
    const [body] = suggest([PARSERS, own], placeIn('orders.py', `${head}|`));
    assert.equal(body?.origin?.name, 'parse_user');
  });

  it('finish a line that is begun', () => {
    const known = file('a.js', [], 'const options = read();\nconst result = run(options);\n');
    const [found] = suggest([known], placeIn('b.js', 'const options = read();\nconst res|'));
    assert.equal(found?.text, 'ult = run(options);');
  });

  it('take the place of what the editor has closed, and are none where they lack it', () => {
    const known = file('a.js', [], 'start();\nconsole.log(compute(a, b));\nfinish();\n');
    const at = (marked: string) => {
      const [found] = suggest([known], placeIn('b.js', marked));
      return found && [found.text, found.replaces];
    };
    assert.deepEqual(at('start();\nconsole.log(|)'), ['compute(a, b));', 1]);
    assert.deepEqual(at('start();\nconsole.log(|);'), ['compute(a, b));', 2]);
    assert.equal(at('start();\nconsole.log(|) }'), undefined);
    const [named] = suggest([PARSERS], placeIn('orders.py', 'def parse_order(|)'));
    assert.match(named?.text ?? '', /^text\):\n {4}fields[^]*\*fields\)$/);
    assert.equal(named?.replaces, 1);
  });

  it('say nothing in the middle of a line and where nothing is known', () => {
    const known = file('a.js', [], 'const options = read();\nconst result = run(options);\n');
    assert.deepEqual(
      suggest([known], placeIn('b.js', 'const options = read();\n|const x = 1;')),
      [],
    );
    assert.deepEqual(suggest([known], placeIn('b.js', 'somethingElse();\n|')), []);
  });
});
