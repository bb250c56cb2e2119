import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { languageOf } from '../../src/core/model/sourceFile/fileLanguage.ts';
import {
  BROWSER_VIEW,
  SESSIONS_VIEW,
  TEAM_VIEW,
  LEARNED_VIEW,
  COMMANDS,
  CONTEXT_KEYS,
  DOCUMENT_SCHEME,
} from '../../src/extension/names.ts';
import { MANIFEST, type MenuItem, ROOT, textsOf } from '../support/extension/manifest.ts';

/** Keys of VS Code that our `when` clauses may ask for. */
const KNOWN_KEYS = new Set<string>([
  'editorHasSelection',
  'editorIsOpen',
  'editorReadonly',
  'explorerResourceIsFolder',
  'explorerResourceIsRoot',
  'isWorkspaceTrusted',
  'resourceExtname',
  'resourceScheme',
  'view',
  'viewItem',
  'virtualWorkspace',
  'workspaceFolderCount',
  ...Object.values(CONTEXT_KEYS),
]);

const { commands, menus, submenus, viewsContainers, views, walkthroughs } = MANIFEST.contributes;
const ITEMS: readonly MenuItem[] = Object.values(menus).flat();
const CLAUSES = [...ITEMS.map(({ when }) => when), ...commands.map(({ enablement }) => enablement)]
  .filter((clause) => clause !== undefined)
  .sort();

describe('the manifest', () => {
  it('contributes exactly the commands that the extension registers', () => {
    assert.deepEqual(
      commands.map(({ command }) => command).sort(),
      [...Object.values<string>(COMMANDS)].sort(),
    );
  });

  it('lists only its own commands and submenus in menus, each once per menu and condition', () => {
    const known = new Set(commands.map(({ command }) => command));
    const submenuIds = new Set(submenus.map(({ id }) => id));
    const strangers = ITEMS.filter(({ command, submenu }) =>
      submenu === undefined ? !known.has(command ?? '') : !submenuIds.has(submenu),
    );
    assert.deepEqual(strangers, []);
    for (const [name, items] of Object.entries(menus)) {
      const keys = items.map(({ command, submenu, when }) =>
        [command ?? submenu, when].join(' when '),
      );
      assert.deepEqual(keys, [...new Set(keys)], name);
    }
    assert.deepEqual(
      submenus.filter(({ id }) => !(id in menus)),
      [],
    );
  });

  it('asks only for context keys that exist', () => {
    const unknown = CLAUSES.flatMap(keysOf).filter((key) => !KNOWN_KEYS.has(key));
    assert.deepEqual(unknown, []);
  });

  it('finds an unknown context key', () => {
    assert.deepEqual(keysOf("!isTrusted && (a.b =~ /^x y$/i || c == 'd e' && f != 0)"), [
      'isTrusted',
      'a.b',
      'c',
      'f',
    ]);
  });

  it('asks for files of remote windows too wherever it asks for files on disk', () => {
    const local = CLAUSES.filter((clause) => /resourceScheme == '?file/.test(clause));
    assert.deepEqual(local, []);
  });

  it('offers no extraction before the workspace is trusted', () => {
    const open = commands
      .filter(({ command }) => command.includes('.extract'))
      .filter(({ enablement = '' }) => !enablement.startsWith('isWorkspaceTrusted && '));
    assert.deepEqual(open, []);
  });

  it('offers to extract every kind of file that extraction reads, and no other', () => {
    const [, pattern = ''] =
      /resourceExtname =~ \/(.*)\/i$/.exec(
        menus['explorer/context']?.find(({ command }) => command === COMMANDS.extractFile)?.when ??
          '',
      ) ?? [];
    const offered = new RegExp(pattern, 'i');
    const endings = [...endingsUpTo(3), 'rake', 'phtml', 'gemspec', 'svelte', 'json', 'html'];
    assert.deepEqual(
      endings.filter((ending) => offered.test(`.${ending}`)),
      endings.filter((ending) => languageOf(`a.${ending}`) !== undefined),
    );
  });

  it('takes no key that VS Code or another extension may use', () => {
    assert.equal(MANIFEST.contributes.keybindings, undefined);
  });

  it('starts with the window and never with everything', () => {
    assert.deepEqual(MANIFEST.activationEvents, [
      'onStartupFinished',
      // A window may open again with a pattern in front.
      `onFileSystem:${DOCUMENT_SCHEME}`,
    ]);
    assert.deepEqual(MANIFEST.extensionKind, ['workspace']);
  });

  it('names the oldest VS Code whose interface the types describe', () => {
    const version = (MANIFEST.devDependencies['@types/vscode'] ?? '').split('.').slice(0, 2);
    assert.equal(MANIFEST.engines.vscode, `^${version.join('.')}.0`);
  });

  it('shows the pattern browser, the sessions, the team and what was learned in a container of its own', () => {
    assert.deepEqual(
      viewsContainers.activitybar
        .flatMap(({ id }) => views[id] ?? [])
        .map(({ id, type }) => [id, type]),
      [
        [BROWSER_VIEW, 'webview'],
        [SESSIONS_VIEW, undefined],
        [TEAM_VIEW, undefined],
        [LEARNED_VIEW, undefined],
      ],
    );
  });

  it('names only pictures that exist', () => {
    const pictures = textsOf(MANIFEST.contributes)
      .map(({ text }) => text)
      .filter((text) => text.startsWith('media/'));
    assert.deepEqual(
      [MANIFEST.icon, ...pictures].filter((path) => !existsSync(join(ROOT, path))),
      [],
    );
  });

  it('has a square icon of at least 128 pixels for the marketplace', () => {
    const icon = readFileSync(join(ROOT, MANIFEST.icon));
    assert.equal(icon.subarray(1, 4).toString(), 'PNG');
    assert.deepEqual([icon.readUInt32BE(16), icon.readUInt32BE(20)], [256, 256]);
  });

  it('has only pictures in the walkthrough that take every colour from the theme', () => {
    for (const { media } of walkthroughs.flatMap(({ steps }) => steps)) {
      const picture = readFileSync(join(ROOT, media.svg), 'utf8');
      const colours = [...picture.matchAll(/\b(?:fill|stroke)="([^"]*)"/g)].map(
        ([, value]) => value,
      );
      assert.deepEqual(
        colours.filter((colour) => colour !== 'none' && !colour?.startsWith('var(--vscode-')),
        [],
        media.svg,
      );
      // The walkthrough page allows no style of ours, and a text could not be translated.
      assert.doesNotMatch(picture, /<style|style=|<text|<script/, media.svg);
    }
  });

  it('leads to commands that exist from each of the four steps of the walkthrough', () => {
    const steps = walkthroughs.flatMap(({ steps }) => steps);
    assert.equal(steps.length, 4);
    const known = new Set<string>([...Object.values(COMMANDS), 'workbench.action.openSettings']);
    const named = steps
      .flatMap(({ completionEvents }) => completionEvents)
      .flatMap((event) => /^onCommand:(.*)$/.exec(event)?.[1] ?? []);
    assert.deepEqual(
      named.filter((command) => !known.has(command)),
      [],
    );
  });
});

/** The context keys of a `when` clause. */
function keysOf(clause: string): readonly string[] {
  return clause
    .split(/&&|\|\|/)
    .map((part) => part.replace(/(?:==|!=|=~|<|>|\bin\b).*$/, '').replace(/[()!\s]/g, ''))
    .filter((key) => key !== '');
}

function endingsUpTo(length: number): readonly string[] {
  const letters = 'a b c d e f g h i j k l m n o p q r s t u v w x y z'.split(' ');
  return Array.from({ length: length - 1 }).reduce<readonly string[]>(
    (endings) => [
      ...letters,
      ...endings.flatMap((ending) => letters.map((letter) => `${ending}${letter}`)),
    ],
    letters,
  );
}
