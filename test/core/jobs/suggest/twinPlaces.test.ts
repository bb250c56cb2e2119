import assert from 'node:assert/strict';
import { join } from 'node:path';

import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';

/** One of several readers of a setting, the same but for its name. */
function setting(name: string): string {
  return [
    `def ${name}(self):`,
    `    if self._${name} is not None:`,
    `        return self._${name}`,
    '    if running_app:',
    `        return running_app.settings["${name.toUpperCase()}"]`,
    '    return None',
    '',
  ].join('\n');
}

/** One of several options of a constructor. */
function option(name: string, variable: string): string {
  const lower = name.charAt(0).toLowerCase() + name.slice(1);
  return [
    `func With${name}(${variable} ${name}) Option {`,
    '\treturn optionFunc(func(s *Server) {',
    `\t\ts.${lower} = ${variable}`,
    '\t})',
    '}',
    '',
  ].join('\n');
}

const GUARD = '\t\tif r == nil {\n\t\t\treturn\n\t\t}\n\n';

/** A test of one of several formats. */
function writer(format: string): string {
  return [
    `def test_write_${format}(tmp_path):`,
    '    target = tmp_path / "out"',
    `    document = ${format}_sample()`,
    '    store(target, document)',
    '    assert_same(load(target), document)',
    '',
  ].join('\n');
}

describe('other places in functions that are twins of the changed one', () => {
  let repository: TestRepository;
  let bench: Bench;

  afterEach(async () => {
    await bench.close();
    repository.remove();
  });

  /** The places a change of a file has, each as its path, its first line from 1 and what comes. */
  async function placesOf(
    files: Readonly<Record<string, string>>,
    path: string,
    edit: (text: string) => string,
    isAsked = true,
  ): Promise<readonly (readonly [string, number, string])[]> {
    repository = createRepository();
    repository.commit([{ message: 'start', files }]);
    repository.git('checkout', '--quiet', '--force', 'main');
    bench = await openBench(repository.folder);
    const { edits } = await bench.engine.suggest.places({
      ...{ file: join(repository.folder, path), folder: repository.folder },
      ...{ source: { kind: 'file', text: edit(files[path] ?? '') }, isAsked },
    });
    return edits.flatMap(({ places }) =>
      places.map((place) => [place.path, place.startLine + 1, place.after] as const),
    );
  }

  it('are called as the twin calls its members, however many words that takes', async () => {
    const files = { 'request.py': `${setting('max_parts')}\n\n${setting('max_memory_size')}` };
    const found = await placesOf(files, 'request.py', (text) =>
      text.replace('if self._max_parts is not None:', 'if self._max_parts not in (None, 0):'),
    );
    assert.deepEqual(found, [['request.py', 10, '    if self._max_memory_size not in (None, 0):']]);
  });

  it('give names that only the change has the words of the twin, where the project has these', async () => {
    const files = { 'request.py': `${setting('max_parts')}\n\n${setting('max_memory_size')}` };
    const app = 'class App:\n    def default_max_memory_size(self, key):\n        return key\n';
    const called = (text: string): string =>
      text.replace(
        'return running_app.settings["MAX_PARTS"]',
        'return running_app.default_max_parts("MAX_PARTS")',
      );
    const found = await placesOf({ ...files, 'app.py': app }, 'request.py', called);
    assert.deepEqual(
      found.map(([, line, after]) => [line, after]),
      [[13, '        return running_app.default_max_memory_size("MAX_MEMORY_SIZE")']],
    );
    await bench.close();
    repository.remove();
    assert.deepEqual(await placesOf(files, 'request.py', called), [], 'no such function is there');
  });

  it('are none where a name would only by its words be another one', async () => {
    const waiter = (name: string, wait: string): string =>
      [
        `def ${name}(queue, ${wait}):`,
        '    with queue.lock:',
        `        item = queue.take(${wait})`,
        '        queue.log.append(item.name)',
        '    return item.close()',
        '',
      ].join('\n');
    const files = {
      'queue.py': `${waiter('first', 'timeout')}\n\n${waiter('last', 'delay')}`,
      'errors.py': 'class DelayError(Exception):\n    pass\n',
    };
    const found = await placesOf(files, 'queue.py', (text) =>
      text.replace('queue.take(timeout)', 'queue.take(timeout, TimeoutError)'),
    );
    assert.deepEqual(found, []);
  });

  it('are none in functions of which a fifth is something else', async () => {
    const steps = (name: string, last: string): string =>
      `def ${name}(box):\n    box.open(1)\n    box.fill(box.size)\n    box.close()\n${last}`;
    const files = {
      'box.py': `${steps('pack', '    box.send()\n')}\n\n${steps('keep', '    for shelf in shelves:\n        shelf.put(box, 3)\n')}`,
    };
    const found = await placesOf(files, 'box.py', (text) =>
      text.replace('box.open(1)', 'box.seal = None\n    box.open(1)'),
    );
    assert.deepEqual(found, []);
  });

  it('include those of the changed function itself, and no other twin of the same name', async () => {
    const pick =
      'def pick(self, rows):\n    first = rows.take(self.size)\n    rest = rows.skip(self.size)\n    return join(first, rest)\n';
    const method = (name: string): string =>
      `class ${name}:\n${pick.replace(/^(?=.)/gm, '    ')}\n`;
    const files = { 'pick.py': `${method('Fresh')}\n${method('Stale')}` };
    const found = await placesOf(files, 'pick.py', (text) =>
      text.replace('rows.take(self.size)', 'rows.take(self.limit)'),
    );
    assert.deepEqual(found, [['pick.py', 10, '        first = rows.take(self.limit)']]);
    await bench.close();
    repository.remove();
    const twice = `${setting('max_parts')}    if self._max_parts is not None:\n        self.stop()\n`;
    const again = await placesOf({ 'request.py': twice }, 'request.py', (text) =>
      text.replace('if self._max_parts is not None:', 'if self._max_parts not in (None, 0):'),
    );
    assert.deepEqual(again, [['request.py', 7, '    if self._max_parts not in (None, 0):']]);
  });

  it('take in lines that were only added, where somebody asks', async () => {
    const files = {
      'options.go': `package server\n\n${option('EncoderRegistry', 'r')}\n${option('DecoderRegistry', 'r')}`,
      'finder.go': `package server\n\n${option('Finder', 'f')}`,
      'clock.go': `package server\n\n${option('Clock', 'c').replace('\t\ts.clock', '\t\tif c == nil {\n\t\t\treturn\n\t\t}\n\n\t\ts.clock')}`,
      'other.go': 'package server\n\nfunc Other(r Registry) int {\n\treturn r.Count()\n}\n',
    };
    const guarded = (text: string): string =>
      text.replace('\t\ts.encoder', `${GUARD}\t\ts.encoder`);
    assert.deepEqual(await placesOf(files, 'options.go', guarded), [
      ['finder.go', 5, `${GUARD.replace('r ==', 'f ==')}\t\ts.finder = f`],
      ['options.go', 15, `${GUARD}\t\ts.decoderRegistry = r`],
    ]);
    await bench.close();
    repository.remove();
    assert.deepEqual(await placesOf(files, 'options.go', guarded, false), []);
  });

  it('are none where the twin differs in just what was changed', async () => {
    const handler = (kind: string): string =>
      [
        `async def prepare_${kind}(self, ${kind}_context):`,
        `    names = [None, *${kind}_context.blueprints]`,
        '    for name in names:',
        `        for function in self.before_${kind}_hooks[name]:`,
        '            result = await self.ensure_async(function)()',
        '            if result is not None:',
        '                return result',
        '    return None',
        '',
      ].join('\n');
    const wrong = handler('websocket').replace('before_websocket_hooks', 'before_request_hooks');
    const files = { 'app.py': `${handler('request')}\n\n${wrong}` };
    const mended = `${handler('request')}\n\n${handler('websocket')}`;
    assert.deepEqual(await placesOf(files, 'app.py', () => mended), []);
  });

  it('are none where the change names what only its own place is about', async () => {
    const files = {
      'tests/json_test.py': writer('json'),
      'tests/toml_test.py': `import toml\n\n\n${writer('toml')}`,
    };
    const only = (text: string): string => text.replace('assert_same(', 'assert_json_equal(');
    const helper = { 'tests/helpers.py': 'def assert_toml_equal(one, other):\n    pass\n' };
    const renamed = await placesOf({ ...files, ...helper }, 'tests/json_test.py', only);
    assert.deepEqual(
      renamed.map(([path, , after]) => [path, after.trim()]),
      [['tests/toml_test.py', 'assert_toml_equal(load(target), document)']],
      'in a twin, the name is that of the twin',
    );
    await bench.close();
    repository.remove();
    const apart = {
      ...files,
      'tests/toml_test.py': 'def test_toml():\n    assert_same(load(target), document)\n',
    };
    assert.deepEqual(await placesOf(apart, 'tests/json_test.py', only), []);
  });

  it('are none where the code falls back on what the change replaced', async () => {
    const files = {
      'run.py': 'def start(loop):\n    signals.register(signal_of(loop), handle_stop)\n',
      'app.py': [
        'def begin(loop):',
        '    try:',
        '        loop.add_handler(',
        '            signal_of(loop), handle_stop',
        '        )',
        '    except NotImplementedError:',
        '        signals.register(signal_of(loop), handle_stop)',
        '',
      ].join('\n'),
      'main.py': 'def main(loop):\n    signals.register(signal_of(loop), handle_stop)\n',
    };
    const found = await placesOf(files, 'run.py', (text) =>
      text.replace('signals.register', 'loop.add_handler'),
    );
    assert.deepEqual(
      found.map(([path, line]) => [path, line]),
      [['main.py', 2]],
    );
  });
});
