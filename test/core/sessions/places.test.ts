import assert from 'node:assert/strict';
import { logPlaces } from '../../../src/core/sessions/places/places.ts';
import type { PlaceFacts } from '../../../src/core/sessions/places/places.ts';

function foldersOf(facts: Partial<PlaceFacts>): readonly string[] {
  const usual: PlaceFacts = { env: {}, home: '/home/ann', platform: 'linux' };
  return logPlaces({ ...usual, ...facts }).map(({ folder }) => folder);
}

describe('places of logs of agents', () => {
  it('are the usual ones of each platform', () => {
    const linux = foldersOf({});
    assert.ok(linux.includes('/home/ann/.claude/projects'));
    assert.ok(linux.includes('/home/ann/.config/Code/User/workspaceStorage'));
    assert.ok(linux.includes('/home/ann/.vscode-server/data/User/workspaceStorage'));
    const mac = foldersOf({ home: '/Users/ann', platform: 'darwin' });
    assert.ok(mac.includes('/Users/ann/Library/Application Support/Code/User/workspaceStorage'));
    const env = { APPDATA: 'C:\\Users\\ann\\AppData\\Roaming' };
    const windows = foldersOf({ env, home: 'C:\\Users\\ann', platform: 'win32' });
    assert.ok(windows.includes('C:\\Users\\ann\\.codex\\sessions'));
    assert.ok(windows.includes(`${env.APPDATA}\\VSCodium\\User\\workspaceStorage`));
  });

  it('are those that variables name, and no others of that agent', () => {
    const env = { CLAUDE_CONFIG_DIR: '/a, ~/b', CODEX_HOME: '/c', VSCODE_PORTABLE: '/stick' };
    const folders = foldersOf({ env });
    assert.ok(folders.includes('/a/projects') && folders.includes('/home/ann/b/projects'));
    assert.ok(!folders.includes('/home/ann/.claude/projects'));
    assert.ok(folders.includes('/c/archived_sessions'));
    assert.ok(folders.includes('/stick/user-data/User/workspaceStorage'));
  });

  it('are those of Windows too, seen from WSL', () => {
    const folders = foldersOf({ windowsHomes: ['/mnt/c/Users/ann'] });
    assert.ok(folders.includes('/mnt/c/Users/ann/.claude/projects'));
    assert.ok(folders.includes('/mnt/c/Users/ann/AppData/Roaming/Code/User/workspaceStorage'));
  });
});
