import assert from 'node:assert/strict';
import { survivingText } from '../../../src/core/learning/actions/survivingText.ts';
import { claudeSession } from '../../support/sessions/claudeSession.ts';
import type { LoggedDeed } from '../../support/sessions/claudeLog.ts';

const CODE = 'total = sum(prices)\n';

/** What is left of a file that was made in `src`, after what was done behind that. */
async function leftAfter(...deeds: readonly (string | LoggedDeed)[]): Promise<readonly string[]> {
  const session = await claudeSession([
    { edit: ['src/a.py', '', CODE] },
    ...deeds.map((deed) => (typeof deed === 'string' ? { run: deed, output: '' } : deed)),
  ]);
  return survivingText(session).texts.map(({ path, text }) => `${path}: ${text}`);
}

describe('what a session left', () => {
  it('is nothing that commands removed, put away, or wrote over', async () => {
    const commands = [
      ...['git reset --hard', 'git stash', 'git stash push -m later', 'git clean -fd'],
      ...['git reset -q --hard HEAD~1', 'rm /projects/one/src/a.py', 'cd src && rm a.py'],
      ...['cd /projects/one/src; git checkout -- a.py', 'echo x > src/a.py', 'rm -r ./src/'],
      ...['make -s code > src/a.py', 'cp old.py src/a.py', 'mv src/a.py /tmp/a.py'],
      "python - <<'EOF' > src/a.py\nprint(1)\nEOF",
    ];
    for (const command of commands) assert.deepEqual(await leftAfter(command), [], command);
  });

  it('is nothing that an edit took out', async () => {
    assert.deepEqual(await leftAfter({ edit: ['src/a.py', CODE, ''] }), []);
    assert.deepEqual(await leftAfter({ edit: ['src/a.py', `import x\n${CODE}`, ''] }), []);
  });

  it('is what stayed there, or stands under another name', async () => {
    const elsewhere = `cd "$(mktemp -d)" && python - <<'EOF'\nopen('src/a.py', 'w')\nEOF`;
    assert.deepEqual(await leftAfter('cd /tmp/other && git commit -m x', 'git checkout -- .'), []);
    for (const command of [
      ...['git stash list', 'git clean -n', 'git reset a.py', 'rm a.py', elsewhere],
      'cd /tmp/other && git stash',
    ]) {
      assert.deepEqual(await leftAfter(command), [`src/a.py: ${CODE}`], command);
    }
    assert.deepEqual(await leftAfter('git mv src/a.py b.py'), [`b.py: ${CODE}`]);
    assert.deepEqual(await leftAfter('cd src && mv -f a.py ../b.py'), [`b.py: ${CODE}`]);
  });

  it('is what was put away and came back, or was committed before it was taken back', async () => {
    const kept = [`src/a.py: ${CODE}`];
    assert.deepEqual(await leftAfter('git stash', 'ls', 'git stash pop'), kept);
    assert.deepEqual(await leftAfter('git stash -q && git pull && git stash apply'), kept);
    assert.deepEqual(await leftAfter('git add . && git commit -qm a', 'git checkout -- src'), kept);
    assert.deepEqual(await leftAfter('git commit -qam a', 'git reset --hard HEAD~1'), []);
    assert.deepEqual(
      await leftAfter(
        'git commit -qam a',
        { edit: ['src/a.py', 'total', 'sum_of'] },
        'git checkout -- src/a.py',
      ),
      kept,
    );
  });

  it('is nothing that a command changed in place, where it says no more than that', async () => {
    const commands = [
      ...["sed -i 's/total/sum_of/' src/a.py", "perl -pi -e 's/total/sum_of/' src/a.py"],
      "python3 - <<'EOF'\np = 'src/a.py'\ns = open(p).read()\nopen(p, 'w').write(s.upper())\nEOF",
      "python - <<EOF\nfrom pathlib import Path\nPath('src/a.py').write_text('x')\nEOF",
      "node -e \"require('fs').writeFileSync('src/a.py', '')\"",
      "cd src && python -c \"open('a.py', 'w').write('')\"",
    ];
    for (const command of commands) assert.deepEqual(await leftAfter(command), [], command);
    assert.deepEqual(await leftAfter("sed -i 's/price_list/x/' src/a.py"), [`src/a.py: ${CODE}`]);
    assert.deepEqual(await leftAfter("sed -n 's/total/x/p' src/a.py"), [`src/a.py: ${CODE}`]);
  });

  it('is what a patch made of it', async () => {
    const patch = [
      ...['--- a/src/a.py', '+++ b/src/a.py', '@@ -1 +1 @@', '-total = sum(prices)'],
      ...['+total = sum(p for p in prices)', ''],
    ].join('\n');
    const left = ['src/a.py: total = sum(p for p in prices)\n'];
    for (const program of ['git apply', 'patch -p1']) {
      assert.deepEqual(await leftAfter(`${program} <<'EOF'\n${patch}EOF`), left, program);
    }
    const told = await leftAfter(
      `cat > f.diff <<'EOF'\n${patch}EOF`,
      'git apply f.diff; rm f.diff',
    );
    assert.deepEqual(told, left);
  });

  it('is copied and moved with its file', async () => {
    const both = [`src/a.py: ${CODE}`, `src/b.py: ${CODE}`];
    assert.deepEqual(await leftAfter('cp src/a.py src/b.py'), both);
    assert.deepEqual(await leftAfter('cd src', 'ls'), [`src/a.py: ${CODE}`]);
    assert.deepEqual(await leftAfter({ run: 'rm a.py', output: '', inside: 'src' }), []);
  });

  it('is one file, whether it is named from the folder or as a whole', async () => {
    for (const command of ['cat > /projects/one/src/a.py', 'cat > src/a.py', 'tee src/a.py']) {
      const told = await leftAfter(`${command} <<'EOF'\ntotal = 1\nEOF`);
      assert.deepEqual(told, ['src/a.py: total = 1\n'], command);
    }
  });
});
