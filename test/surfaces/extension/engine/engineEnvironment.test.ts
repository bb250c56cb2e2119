import assert from 'node:assert/strict';
import { toEngineEnvironment } from '../../../../src/extension/engine/environment.ts';

describe('the environment of the engine process', () => {
  it('names programs and folders, and nothing secret or meant for Node', () => {
    const kept = {
      HOME: '/home/ada',
      https_proxy: 'http://proxy.example.com:3128',
      LC_ALL: 'C',
      PATTERN_FOUNDRY_LIBRARY: '/library',
      Path: 'C:\\bin',
      SNAP_REAL_HOME: '/home/ada',
      SystemRoot: 'C:\\Windows',
      XDG_DATA_HOME: '/data',
      GIT_CONFIG_GLOBAL: '/dev/null',
      npm_config_registry: 'https://npm.example.com/',
    };
    const left = {
      CLOUD_TOKEN: 'secret',
      ELECTRON_RUN_AS_NODE: '',
      GIT_CONFIG_VALUE_0: 'authorization: secret',
      GIT_DIR: '/elsewhere',
      HOMEBREW_GITHUB_API_TOKEN: 'secret',
      NOT_A_PROXY: 'secret',
      NODE_OPTIONS: '--inspect',
      npm_config__auth: 'secret',
      VSCODE_INSPECTOR_OPTIONS: '{}',
    };
    assert.deepEqual(toEngineEnvironment({ ...kept, ...left }), kept);
  });
});
