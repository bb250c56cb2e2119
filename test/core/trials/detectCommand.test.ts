import assert from 'node:assert/strict';
import { detectCommand } from '../../../src/core/trials/detectCommand.ts';

function detect(files: Readonly<Record<string, string>>): string | undefined {
  const found = detectCommand({
    has: (name) => name in files,
    read: (name) => files[name] ?? '',
  });
  return found && [found.program, ...found.args].join(' ');
}

describe('how the tests of a project run', () => {
  it('is told by what lies at its top', () => {
    const script = JSON.stringify({ scripts: { test: 'mocha' } });
    assert.equal(detect({ 'package.json': script }), 'npm test');
    assert.equal(detect({ 'package.json': script, 'pnpm-lock.yaml': '' }), 'pnpm test');
    assert.equal(detect({ 'Cargo.toml': '' }), 'cargo test --quiet');
    assert.equal(detect({ 'go.mod': '' }), 'go test ./...');
    assert.equal(detect({ 'pom.xml': '', mvnw: '' }), './mvnw --quiet test');
    assert.equal(detect({ 'setup.cfg': '[tool:pytest]' }), 'python3 -m pytest -q');
    assert.equal(detect({ 'setup.py': '' }), 'python3 -m unittest discover');
    assert.equal(detect({ Gemfile: "gem 'rspec'" }), 'bundle exec rspec');
  });

  it('is not made up where nothing tells', () => {
    const empty = JSON.stringify({
      scripts: { test: 'echo "Error: no test specified" && exit 1' },
    });
    assert.equal(detect({ 'package.json': empty }), undefined);
    assert.equal(detect({ 'package.json': '{ broken' }), undefined);
    assert.equal(detect({ 'README.md': '' }), undefined);
  });
});
