import assert from 'node:assert/strict';
import { join } from 'node:path';

import type { ChangeSource } from '../../../../src/core/model/api/suggest.ts';
import type { RepeatedEdit } from '../../../../src/core/model/suggestions/edit.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';

const OLD = 'registry.publishEvent(user, channelNames.billing, "created");';
const NEW = 'registry.publishEventSafely(user, channelNames.billing, "created");';

function caller(name: string, variable: string, indent = '  '): string {
  return [
    `export function ${name}(registry, ${variable}) {`,
    `${indent}audit(${variable});`,
    indent + OLD.replace('user', variable),
    '}',
    '',
  ].join('\n');
}

/** Enough files that what stands in a few of them tells something. */
const FILLERS = Object.fromEntries(
  Array.from({ length: 20 }, (_, at) => [
    `src/filler${at}.js`,
    `export function filler${at}(value) {\n  return value + ${at};\n}\n`,
  ]),
);

describe('other places of a change', () => {
  let repository: TestRepository;
  let bench: Bench;

  beforeEach(async () => {
    repository = createRepository();
    repository.commit([
      {
        message: 'events',
        files: {
          ...FILLERS,
          'src/users.js': caller('addUser', 'user'),
          'src/orders.js': caller('addOrder', 'order', '\t'),
          'src/teams.js': caller('addTeam', 'team') + caller('moveTeam', 'team'),
        },
      },
    ]);
    repository.git('checkout', '--quiet', '--force', 'main');
    bench = await openBench(repository.folder);
  });

  afterEach(async () => {
    await bench.close();
    repository.remove();
  });

  async function placesOf(source: ChangeSource, isAsked = false): Promise<readonly RepeatedEdit[]> {
    const { root, edits } = await bench.engine.suggest.places({
      file: join(repository.folder, 'src/users.js'),
      folder: repository.folder,
      source,
      isAsked,
    });
    assert.equal(root, repository.folder);
    return edits;
  }

  const edited = (text: string): ChangeSource => ({ kind: 'file', text });

  it('are those that look as its place did, each with its own names and indentation', async () => {
    const [edit, ...others] = await placesOf(edited(caller('addUser', 'user').replace(OLD, NEW)));
    assert.deepEqual(others, []);
    assert.equal(edit?.made.line, 2);
    assert.deepEqual(
      edit.places.map(({ path, startLine, after }) => [path, startLine, after]),
      [
        ['src/orders.js', 2, `\t${NEW.replace('user', 'order')}`],
        ['src/teams.js', 2, `  ${NEW.replace('user', 'team')}`],
        ['src/teams.js', 6, `  ${NEW.replace('user', 'team')}`],
      ],
    );
  });

  it('are told of a file that was committed after it was asked about', async () => {
    const text = caller('addTask', 'task');
    const name = 'src/tasks.js';
    const file = join(repository.folder, name);
    const source: ChangeSource = {
      kind: 'file',
      text: text.replace('publishEvent', 'publishEventSafely'),
    };
    const ask = () =>
      bench.engine.suggest.places({ file, folder: repository.folder, source, isAsked: false });
    assert.deepEqual((await ask()).edits, []);
    repository.commit([{ message: 'tasks', files: { [name]: text } }]);
    assert.equal((await ask()).edits.length, 1);
  });

  it('are none for what only adds lines or moves them about', async () => {
    const text = caller('addUser', 'user');
    assert.deepEqual(
      await placesOf(edited(text.replace('  audit', '  check(user);\n  audit'))),
      [],
    );
    assert.deepEqual(await placesOf(edited(text.replace(/^ {2}/gm, '    '))), []);
    assert.deepEqual(await placesOf(edited(text)), []);
  });

  it('are told of a change that could stand anywhere only when somebody asks', async () => {
    const text = caller('addUser', 'user').replace('audit(user);', 'audit(user, true);');
    assert.deepEqual(await placesOf(edited(text)), []);
    const [edit] = await placesOf(edited(text), true);
    assert.deepEqual(
      edit?.places.map(({ after }) => after.trim()),
      ['audit(order, true);', 'audit(team, true);', 'audit(team, true);'],
    );
  });

  describe('that somebody asks for', () => {
    const encoder = (format: string, name = 'data'): string =>
      [
        `export function write${format}(${name}, sink) {`,
        `  const packed = ${format}.encodeDocument(${name}, sink.width);`,
        '  if (packed.error) {',
        '    return packed;',
        '  }',
        '  sink.put(packed.bytes);',
        '}',
        '',
      ].join('\n');
    const guard = (kind: string, codes: readonly string[]): string =>
      [
        `export function keep${kind}(port) {`,
        ...codes.flatMap((code, at) => [
          ...(at === 0 ? [] : ['']),
          `  if (port.state === portStates.${code}) {`,
          `    return '${code}';`,
          '  }',
        ]),
        '',
        `  throw new ${kind}Error(port);`,
        '}',
        '',
      ].join('\n');

    const ask = async (
      name: string,
      text: string,
      others: Readonly<Record<string, string>>,
    ): Promise<readonly RepeatedEdit[]> => {
      repository.commit([{ message: 'more', files: others }]);
      repository.git('reset', '--hard', '--quiet');
      const { edits } = await bench.engine.suggest.places({
        ...{ file: join(repository.folder, name), folder: repository.folder },
        ...{ source: { kind: 'file', text }, isAsked: true },
      });
      return edits;
    };

    it('are told by the lines above where what was replaced says too little', async () => {
      const text = encoder('yaml').replace(
        'return packed;',
        "return new Error('cannot be written: ' + packed);",
      );
      const [edit, ...more] = await ask('src/yaml.js', text, {
        'src/yaml.js': encoder('yaml'),
        'src/toml.js': encoder('toml', 'table'),
        'src/other.js': 'export function other(packed) {\n  return packed;\n}\n',
      });
      assert.deepEqual(more, []);
      assert.deepEqual(edit?.places, [
        {
          ...{ path: 'src/toml.js', startLine: 3, endLine: 4 },
          before: '    return packed;',
          after: "    return new Error('cannot be written: ' + packed);",
        },
      ]);
    });

    it('take the place of all that one change replaced, blank lines between included', async () => {
      const [edit] = await ask(
        'src/reader.js',
        guard('Reader', ['open', 'shut']).replace(
          / {2}if [^]*'shut';\n {2}\}/,
          '  const code = nameOfState(port.state);\n  if (code) return code;',
        ),
        {
          'src/reader.js': guard('Reader', ['open', 'shut']),
          'src/writer.js': guard('Writer', ['open', 'shut']),
        },
      );
      assert.deepEqual(
        edit?.places.map(({ path, startLine, endLine }) => [path, startLine, endLine]),
        [['src/writer.js', 1, 8]],
      );
    });

    it('are written without the comments of the change', async () => {
      const text = caller('addUser', 'user').replace(
        `  ${OLD}`,
        `  // Users alone are told late.\n  ${NEW} // see above`,
      );
      const [edit] = await placesOf(edited(text), true);
      assert.equal(edit?.places[0]?.after, `\t${NEW.replace('user', 'order')}`);
    });

    it('say where a fix of a library stands now, and where it no longer does', async () => {
      const fix = { before: `f(x);\n${OLD}\n`, after: `f(x);\n${NEW}\n` };
      const [gone] = await placesOf({ kind: 'change', ...fix }, true);
      assert.equal(gone?.made.line, null);
      await bench.engine.suggest.read({
        ...{ file: join(repository.folder, 'src/users.js'), folder: repository.folder },
        text: `// A licence.\n\n${caller('addUser', 'user').replace(OLD, NEW)}`,
      });
      const [there] = await placesOf({ kind: 'change', ...fix }, true);
      assert.equal(there?.made.line, 4);
    });
  });

  it('are no longer told where the change was made, although it holds what was replaced', async () => {
    const text = caller('addUser', 'user');
    const guarded = (code: string): string =>
      code.replace(/^ {2}registry.*$/m, (line) => `  if (registry) {\n  ${line}\n  }`);
    const teams = guarded(caller('addTeam', 'team')) + caller('moveTeam', 'team');
    const path = join(repository.folder, 'src/teams.js');
    await bench.engine.suggest.read({ file: path, folder: repository.folder, text: teams });
    const [edit] = await placesOf(edited(guarded(text)));
    assert.deepEqual(
      edit?.places.map(({ path: file, startLine }) => [file, startLine]),
      [
        ['src/orders.js', 2],
        ['src/teams.js', 8],
      ],
    );
  });

  it('are found in a project of two files, and for what became many lines, by who asks', async () => {
    const small = createRepository();
    try {
      const files = { 'a.js': caller('addUser', 'user'), 'b.js': caller('addTeam', 'team') };
      small.commit([{ message: 'start', files }]);
      small.git('checkout', '--quiet', '--force', 'main');
      const longer = Array.from({ length: 9 }, (_, at) => `  announce(user, ${at});`).join('\n');
      const { edits } = await bench.engine.suggest.places({
        file: join(small.folder, 'a.js'),
        folder: small.folder,
        source: edited(caller('addUser', 'user').replace(`  ${OLD}`, longer)),
        isAsked: true,
      });
      assert.deepEqual(
        edits[0]?.places.map(({ after }) => after),
        [longer.replaceAll('user', 'team')],
      );
    } finally {
      small.remove();
    }
  });

  it('are none where the change takes away what is used there', async () => {
    const keyed = (name: string, end: string): string =>
      [
        `export function ${name}(registry, user) {`,
        '  const keyOfUser = registry.keyOf(user, "billing");',
        '  audit(user);',
        `  ${end}`,
        '}',
        '',
      ].join('\n');
    const files = {
      'src/users.js': keyed('addUser', 'return registry.add(user, keyOfUser);'),
      'src/orders.js': keyed('addOrder', 'return registry.addOrder(user, keyOfUser);'),
      'src/teams.js': keyed('addTeam', 'return registry.addTeam(user);'),
    };
    repository.commit([{ message: 'keys', files }]);
    repository.git('checkout', '--quiet', '--force', 'main');
    const changed = files['src/users.js']
      .replace('const keyOfUser = registry.keyOf(user, "billing");', 'registry.check(user);')
      .replace('keyOfUser', 'registry.newKey()');
    const edits = await placesOf(edited(changed), true);
    assert.deepEqual(
      edits.flatMap(({ places }) => places.map(({ path }) => path)),
      ['src/teams.js'],
    );
  });

  it('are found for a commit, and for two versions of some code', async () => {
    const [commit = ''] = repository.commit([
      {
        message: 'publish safely',
        files: { 'src/users.js': caller('addUser', 'user').replace(OLD, NEW) },
      },
    ]);
    repository.git('reset', '--quiet', '--hard', 'main');
    const [byCommit] = await placesOf({ kind: 'commit', commit }, true);
    assert.equal(byCommit?.places.length, 3);
    assert.equal(byCommit.made.line, 2);
    await bench.engine.suggest.read({
      ...{ file: join(repository.folder, 'src/users.js'), folder: repository.folder },
      text: `// A licence.\n\n${caller('addUser', 'user').replace(OLD, NEW)}`,
    });
    const [now] = await placesOf({ kind: 'commit', commit }, true);
    assert.equal(now?.made.line, 4, 'the line is the one it stands on now');
    const inFolder = await bench.engine.suggest.places({
      ...{ file: repository.folder, folder: repository.folder, isAsked: true },
      source: { kind: 'commit', commit },
    });
    assert.equal(inFolder.edits[0]?.places.length, 3, 'no file is needed');
    const [byChange] = await placesOf({ kind: 'change', before: OLD, after: NEW }, true);
    assert.equal(byChange?.places.length, 3);
    await assert.rejects(placesOf({ kind: 'commit', commit: 'no-such-commit' }, true), {
      code: 'bad-argument',
    });
  });

  it('cannot be told of a file without a former version, which is said where somebody asked', async () => {
    const outside = await openBench();
    outside.write('a.js', OLD);
    const source = edited(NEW);
    try {
      for (const [name, folder, { engine }] of [
        ['a.js', outside.project, outside],
        ['notes.txt', repository.folder, bench],
      ] as const) {
        const request = { file: join(folder, name), folder, source };
        assert.deepEqual((await engine.suggest.places({ ...request, isAsked: false })).edits, []);
        await assert.rejects(engine.suggest.places({ ...request, isAsked: true }), {
          code: 'bad-argument',
        });
      }
    } finally {
      await outside.close();
    }
  });

  it('are looked for in what editors hold', async () => {
    const path = join(repository.folder, 'src/teams.js');
    const place = { file: path, folder: repository.folder };
    await bench.engine.suggest.read({ ...place, text: caller('addTeam', 'team') });
    const [edit] = await placesOf(edited(caller('addUser', 'user').replace(OLD, NEW)));
    assert.deepEqual(
      edit?.places.map((one) => one.path),
      ['src/orders.js', 'src/teams.js'],
    );
  });

  it('leave alone lines on which something else stands', async () => {
    const place = { file: join(repository.folder, 'src/orders.js'), folder: repository.folder };
    const text = caller('addOrder', 'order').replace('"created");', '"created"); // not yet');
    await bench.engine.suggest.read({ ...place, text });
    const [edit] = await placesOf(edited(caller('addUser', 'user').replace(OLD, NEW)));
    assert.deepEqual(
      edit?.places.map((one) => one.path),
      ['src/teams.js', 'src/teams.js'],
    );
  });
});
