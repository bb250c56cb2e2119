import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Pattern } from '../../../src/core/model/pattern.ts';
import type { Shell } from '../../../src/extension/shell.ts';
import { PARROT, PARROT_SAYS, type Asked } from '../../support/model/parrot.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder.ts';
import { installExtension } from '../support/installExtension.ts';
import { openShell } from '../support/theShell.ts';
import { until } from '../support/until.ts';

const CODE = `def fold_umbrella(umbrella, ribs):
    for rib in range(ribs):
        if umbrella.stuck:
            return rib
        umbrella.bend(rib)
    return ribs`;

/** Stable API that is newer than the oldest VS Code; the one that runs the tests has it. */
interface NewerTypes {
  readonly lm: {
    readonly tools: readonly { readonly name: string; readonly description: string }[];
    readonly invokeTool: (name: string, options: object) => Thenable<{ readonly content: unknown }>;
  };
  readonly LanguageModelToolCallPart: new (...args: never) => {
    readonly callId: string;
    readonly name: string;
    readonly input: object;
  };
  readonly LanguageModelToolResultPart: new (callId: string, content: unknown) => unknown;
}

type NewerResponse = vscode.LanguageModelChatResponse & { readonly stream: AsyncIterable<unknown> };

const newer = vscode as unknown as NewerTypes;

/** Its name puts it last: the other extension stays. */
describe('with a language model in VS Code', () => {
  let shell: Shell;
  let place: TemporaryFolder;
  let pattern: Pattern;
  let asked: readonly Asked[];

  before(async () => {
    shell = await openShell();
    place = createTemporaryFolder();
    const draft = { code: CODE, language: 'python', name: 'fold_umbrella' };
    const description = 'Folds an umbrella rib by rib.';
    pattern = await shell.connection.engine.curate.add({ ...draft, description });
    // Now and then a task is left without patterns, to learn whether they help.
    await injection().update('holdout', 0, true);
    ({ asked } = (await installExtension(place.path, PARROT)) as { asked: readonly Asked[] });
    await until('the model can be chosen', async () => (await models()).length > 0);
  });
  after(async () => {
    await injection().update('holdout', undefined, true);
    place.remove();
  });

  function injection(): vscode.WorkspaceConfiguration {
    return vscode.workspace.getConfiguration('patternFoundry.injection');
  }

  function models(): Thenable<readonly vscode.LanguageModelChat[]> {
    return vscode.lm.selectChatModels({ vendor: 'nobody' });
  }

  it('@patterns answers in the Chat view, with the patterns put before the model that was chosen', async () => {
    const before = asked.length;
    const answered = await vscode.commands.executeCommand('workbench.action.chat.open', {
      query: '@patterns fold an umbrella',
      ...{ isPartialQuery: false, mode: 'ask', blockOnResponse: true },
      modelSelector: { vendor: 'nobody', id: 'parrot' },
    });
    await until('the model is asked', () => asked.length > before);
    assert.match(asked.at(-1)?.text ?? '', /fold an umbrella[^]*def fold_umbrella/);
    assert.doesNotMatch(JSON.stringify(answered ?? {}), /errorDetails/);
  });

  it('a model calls the tool by itself, and goes on with what it answered', async () => {
    const [model] = await models();
    assert.ok(model !== undefined);
    const tools = newer.lm.tools.filter(({ name }) => name === 'find_patterns');
    const { token } = new vscode.CancellationTokenSource();
    const send = async (messages: readonly unknown[]) =>
      (await model.sendRequest(
        messages as vscode.LanguageModelChatMessage[],
        { tools } as object,
        token,
      )) as NewerResponse;
    const question = vscode.LanguageModelChatMessage.User('fold an umbrella');
    const called = [];
    for await (const part of (await send([question])).stream) {
      if (part instanceof newer.LanguageModelToolCallPart) called.push(part);
    }
    const [call] = called;
    assert.ok(call !== undefined, 'no tool was called');
    const { name, input, callId } = call;
    const { content } = await newer.lm.invokeTool(name, { input, toolInvocationToken: undefined });
    const result = new newer.LanguageModelToolResultPart(callId, content);
    const answer = vscode.LanguageModelChatMessage.User([result] as unknown as string);
    let said = '';
    for await (const text of (await send([question, answer])).text) said += text;
    assert.ok(said.startsWith(PARROT_SAYS) && said.includes('fold_umbrella'), said);
    const [, impression = ''] = /impression ([\w.]+)/.exec(said) ?? [];
    const { engine } = shell.connection;
    assert.equal((await engine.outcomes.impression(impression))?.pattern, pattern.id);
  });

  it('VS Code starts the MCP server that the extension defines, and its tools answer', async () => {
    const ours = (): string | undefined =>
      newer.lm.tools.find(({ name }) => /^mcp_.*find_patterns$/.test(name))?.name;
    await vscode.commands.executeCommand('workbench.mcp.startServer', '*', {
      waitForLiveTools: true,
    });
    await until('the tools of the server are there', () => ours() !== undefined);
    const input = { query: 'fold an umbrella' };
    const { content } = await newer.lm.invokeTool(ours() ?? '', {
      ...{ input, toolInvocationToken: undefined },
    });
    assert.match(JSON.stringify(content), /fold_umbrella/);
  });
});
