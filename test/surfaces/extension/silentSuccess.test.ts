import assert from 'node:assert/strict';
import { isSilenceSuccess } from '../../../src/extension/recording/silentSuccess.ts';

describe('a debug run of whose end nothing was said', () => {
  const went = (configuration: Readonly<Record<string, unknown>>, type = 'pwa-node'): boolean =>
    isSilenceSuccess({ type, configuration });

  it('went well where the debugger would have said that it failed', () => {
    assert.ok(went({ request: 'launch' }));
    assert.ok(went({ request: 'launch', console: 'internalConsole', outputCapture: 'console' }));
  });

  it('ended in a way that nobody knows where the debugger never says', () => {
    assert.ok(!went({ request: 'attach' }));
    assert.ok(!went({ request: 'launch', console: 'integratedTerminal' }));
    assert.ok(!went({ request: 'launch', console: 'externalTerminal' }));
    assert.ok(!went({ request: 'launch', outputCapture: 'std' }));
    assert.ok(!went({ request: 'launch' }, 'debugpy'));
  });
});
