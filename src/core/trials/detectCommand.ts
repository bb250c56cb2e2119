import type { TestCommand } from '../model/trial/trial.ts';

/** Names and texts at the top of a project, as far as they tell how its tests run. */
export interface ProjectTop {
  has(name: string): boolean;
  /** Empty where there is no such text. */
  read(name: string): string;
}

/** How the tests of a project are usually run; `undefined` where nothing tells. */
export function detectCommand(top: ProjectTop): TestCommand | undefined {
  return WAYS.find(({ fits }) => fits(top))?.command(top);
}

interface Way {
  readonly fits: (top: ProjectTop) => boolean;
  readonly command: (top: ProjectTop) => TestCommand;
}

const way = (fits: Way['fits'], program: string, ...args: readonly string[]): Way => ({
  fits,
  command: () => ({ program, args }),
});

const WAYS: readonly Way[] = [
  {
    fits: hasNodeTest,
    command: (top) => ({ program: nodeRunner(top), args: ['test'] }),
  },
  way((top) => top.has('Cargo.toml'), 'cargo', 'test', '--quiet'),
  way((top) => top.has('go.mod'), 'go', 'test', './...'),
  way((top) => top.has('gradlew'), './gradlew', 'test'),
  way((top) => top.has('mvnw'), './mvnw', '--quiet', 'test'),
  way((top) => top.has('pom.xml'), 'mvn', '--quiet', 'test'),
  way((top) => top.has('build.gradle') || top.has('build.gradle.kts'), 'gradle', 'test'),
  way((top) => /\brspec\b/.test(top.read('Gemfile')), 'bundle', 'exec', 'rspec'),
  way((top) => top.has('Rakefile'), 'rake', 'test'),
  way((top) => top.has('phpunit.xml') || top.has('phpunit.xml.dist'), 'vendor/bin/phpunit'),
  way(usesPytest, 'python3', '-m', 'pytest', '-q'),
  way(isPython, 'python3', '-m', 'unittest', 'discover'),
];

function hasNodeTest(top: ProjectTop): boolean {
  try {
    const read = JSON.parse(top.read('package.json')) as { readonly scripts?: { test?: unknown } };
    // What `npm init` writes is no test.
    return (
      typeof read.scripts?.test === 'string' && !read.scripts.test.includes('no test specified')
    );
  } catch {
    return false;
  }
}

function nodeRunner(top: ProjectTop): string {
  if (top.has('pnpm-lock.yaml')) return 'pnpm';
  return top.has('yarn.lock') ? 'yarn' : 'npm';
}

function usesPytest(top: ProjectTop): boolean {
  if (top.has('pytest.ini') || top.has('conftest.py') || top.has('tests/conftest.py')) return true;
  const files = ['pyproject.toml', 'setup.cfg', 'tox.ini', 'requirements.txt', 'setup.py'];
  return files.some((name) => /\bpytest\b/.test(top.read(name)));
}

function isPython(top: ProjectTop): boolean {
  return ['pyproject.toml', 'setup.py', 'setup.cfg'].some((name) => top.has(name));
}
