import assert from 'node:assert/strict';
import { isBuildOrTest } from '../../../src/extension/autoExtraction/buildCommand.ts';

const BUILDS = [
  'npm test',
  'npm t',
  'npm run build',
  'npm run test:unit -- --grep "a | b"',
  'npm --prefix web run build',
  'yarn build',
  'yarn run test',
  'pnpm --filter app build',
  'pnpm exec vitest run',
  'bun test',
  'npx tsc -p .',
  'npx jest',
  './node_modules/.bin/mocha',
  'node --test',
  'CI=1 npm test',
  'sudo -E make',
  'make -j 8 all',
  'make CC=clang test',
  'cmake --build build',
  'ctest -V',
  'cargo build --release',
  'cargo +nightly t',
  'go test ./...',
  'go build',
  'pytest -n 4',
  'python3 -m pytest tests',
  'python -m unittest',
  'python manage.py test',
  'poetry run pytest',
  'mvn -q clean verify',
  './gradlew :app:assembleDebug',
  'gradle test',
  'gradlew.bat build',
  'dotnet test',
  'C:\\tools\\MSBuild.exe app.sln',
  'bundle exec rspec',
  'rake test',
  'vendor/bin/phpunit',
  'composer test',
  'swift build',
  'cd web && npm test',
  'npm ci && npm run build && npm test',
  'npm run lint; npm test',
  'npm test 2>&1',
  'echo "a; b" && make',
];

const OTHERS = [
  '',
  'ls',
  'npm install test',
  'npm run lint',
  'npm run build -- --watch',
  'npm start',
  'yarn add build',
  'tsc --watch',
  'tsc -w',
  'tsc --version',
  'jest --help',
  'make clean',
  'make -n',
  'cargo run',
  'go run test.go',
  'go get build',
  'git commit -m "make test"',
  'echo npm test',
  'cat build',
  'cd build',
  'python test.py',
  'python -m http.server',
  'dotnet run',
  'docker build .',
  'vim make',
  'bundle install',
];

/** The exit code does not say how the build ended. */
const UNKNOWN = ['npm test | tee log', 'npm test || true', 'npm test; echo done', 'npm test &'];

describe('recognising builds and tests', () => {
  for (const line of BUILDS) {
    it(`takes \`${line}\` for one`, () => {
      assert.equal(isBuildOrTest(line), true);
    });
  }

  for (const line of [...OTHERS, ...UNKNOWN]) {
    it(`does not take \`${line}\` for one that is known to have ended well`, () => {
      assert.equal(isBuildOrTest(line), false);
    });
  }
});
