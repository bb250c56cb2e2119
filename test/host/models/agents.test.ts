import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import * as vscode from 'vscode';

import type { Pattern } from '../../../src/core/model/pattern.ts';
import { answer, shownIn } from '../../../src/extension/agents/chat/answer.ts';
import { recordFeedback } from '../../../src/extension/agents/chat/participant.ts';
import { injectPatterns } from '../../../src/extension/agents/injectPatterns.ts';
import { NEWER } from '../../../src/extension/agents/newerApi.ts';
import type { Shell } from '../../../src/extension/shell.ts';
import { closeEditors } from '../support/closeEditors.ts';
import { openShell } from '../support/theShell.ts';

const CODE = `def unwind_spool(spool, turns):
    for turn in range(turns):
        if spool.empty:
            return turn
        spool.pull()
    return turns`;

/** What an answer put into the chat, in order. */
interface Said {
  readonly kind: 'text' | 'button' | 'reference';
  readonly text: string;
  readonly argument?: unknown;
}

function record(said: Said[]): vscode.ChatResponseStream {
  const stream = {
    markdown: (value: string | vscode.MarkdownString) =>
      said.push({ kind: 'text', text: typeof value === 'string' ? value : value.value }),
    button: (command: vscode.Command) =>
      said.push({ kind: 'button', text: command.command, argument: command.arguments?.[0] }),
    reference: () => said.push({ kind: 'reference', text: '' }),
  };
  return stream as unknown as vscode.ChatResponseStream;
}

/** A model that says what it was sent, in two parts. */
function createModel(sent: string[]): vscode.LanguageModelChat {
  const model = {
    sendRequest: (messages: readonly vscode.LanguageModelChatMessage[]) => {
      sent.push(JSON.stringify(messages));
      return Promise.resolve({ text: Readable.from(['Use ', 'the spool.']) });
    },
  };
  return model as unknown as vscode.LanguageModelChat;
}

describe('agents in VS Code', () => {
  let shell: Shell;
  let pattern: Pattern;

  before(async () => {
    shell = await openShell();
    const draft = { code: CODE, language: 'python', name: 'unwind_spool' };
    pattern = await shell.connection.engine.curate.add({
      ...draft,
      description: 'Unwinds a spool turn by turn.',
    });
  });
  afterEach(closeEditors);

  const ask = async (
    command: string | undefined,
    prompt: string,
    over: { model?: vscode.LanguageModelChat; history?: vscode.ChatContext['history'] } = {},
  ): Promise<{ readonly said: readonly Said[]; readonly result: vscode.ChatResult }> => {
    const said: Said[] = [];
    const result = await answer(shell, {
      request: {
        prompt,
        command,
        references: [],
        model: over.model,
      } as unknown as vscode.ChatRequest,
      context: { history: over.history ?? [] },
      stream: record(said),
      token: new vscode.CancellationTokenSource().token,
    });
    return { said, result };
  };

  it('@patterns finds without any model, with buttons and an impression to judge', async () => {
    const { said, result } = await ask('find', 'unwind a spool');
    assert.match(said[0]?.text ?? '', /^1\. Unwinds a spool turn by turn/);
    const insert = said.find(
      ({ kind, text }) => kind === 'button' && text === 'patternFoundry.insert',
    );
    assert.equal(insert?.argument, pattern.id);
    const [shown] = shownIn(result);
    assert.equal(shown?.id, pattern.id);
    const { engine } = shell.connection;
    const impression = await engine.outcomes.impression(shown.impression ?? '');
    assert.equal(impression?.surface, 'chat');
  });

  it('@patterns asks the chosen model with the patterns before it, and streams its answer', async () => {
    const sent: string[] = [];
    const { said } = await ask(undefined, 'unwind a spool', { model: createModel(sent) });
    assert.equal(sent.length, 1);
    assert.match(sent[0] ?? '', /def unwind_spool/);
    assert.deepEqual(
      said.filter(({ kind }) => kind === 'text').map(({ text }) => text),
      ['Use ', 'the spool.'],
    );
  });

  it('@patterns applies, explains and rates what it showed', async () => {
    const applied = await ask('apply', 'unwind a spool');
    assert.match(applied.said.map(({ text }) => text).join(''), /```python\ndef unwind_spool/);
    const rated = await ask('rate', 'up');
    assert.match(rated.said[0]?.text ?? '', /Nothing that could be rated has been shown yet/);
    const nothing = await ask('find', 'zzqx');
    assert.deepEqual(shownIn(nothing.result), []);
    assert.match(nothing.said[0]?.text ?? '', /No pattern is relevant/);
  });

  it('a thumb in the chat changes the order of the sidebar', async () => {
    const { engine } = shell.connection;
    const { result } = await ask('find', 'unwind a spool');
    const other = 'def count_pearls(string):\n    return len(string.split(".")) + 1';
    await engine.curate.add({ code: other, language: 'python', name: 'count_pearls' });
    /** Counts from 0; the sidebar asks the same. */
    const place = async (): Promise<number> => {
      const query = { text: '', order: 'success', limit: 1000, surface: null } as const;
      const { rows } = await engine.find.patterns(query);
      return rows.findIndex(({ id }) => id === pattern.id);
    };
    const kinds = vscode.ChatResultFeedbackKind;
    await recordFeedback(shell, { result, kind: kinds.Unhelpful });
    const last = await place();
    await recordFeedback(shell, { result, kind: kinds.Helpful });
    const first = await place();
    assert.ok(first >= 0 && first < last, `${first} before ${last}`);
  });

  it('a tool call by a model finds patterns and records an outcome', async () => {
    const { tools } = vscode.lm as unknown as {
      readonly tools: readonly { readonly name: string }[];
    };
    const names = tools.map(({ name }) => name);
    assert.ok(names.includes('find_patterns') && names.includes('record_pattern_outcome'));
    const text = await callTool('find_patterns', { query: 'unwind a spool' });
    const [, impression = ''] = /impression ([\w.]+)/.exec(text) ?? [];
    assert.match(text, /Unwinds a spool turn by turn/);
    const { engine } = shell.connection;
    assert.equal((await engine.outcomes.impression(impression))?.pattern, pattern.id);
    assert.ok(NEWER.McpStdioServerDefinition !== undefined, 'this VS Code knows MCP servers');
  });

  it('gives no patterns by itself where that is turned off', async () => {
    const settings = vscode.workspace.getConfiguration('patternFoundry.injection');
    await settings.update('enabled', false, true);
    try {
      assert.match(await callTool('find_patterns', { query: 'unwind a spool' }), /turned off/);
      const sent: string[] = [];
      const { said } = await ask(undefined, 'unwind a spool', { model: createModel(sent) });
      assert.deepEqual(sent, []);
      assert.match(said[0]?.text ?? '', /Unwinds a spool turn by turn/);
    } finally {
      await settings.update('enabled', undefined, true);
    }
  });

  it('patterns are injected into a prompt where it stands', async () => {
    const document = await vscode.workspace.openTextDocument({ content: 'Unwind a spool.\n' });
    await vscode.window.showTextDocument(document);
    await injectPatterns(shell, 'editor');
    assert.match(
      document.getText(),
      /^Unwind a spool\.\n\n## Relevant Patterns[^]*def unwind_spool/,
    );
    await vscode.env.clipboard.writeText('unwind a spool');
    await injectPatterns(shell, 'clipboard');
    assert.match(await vscode.env.clipboard.readText(), /^unwind a spool\n\n## Relevant Patterns/);
  });
});

async function callTool(name: string, input: object): Promise<string> {
  const { invokeTool } = vscode.lm as unknown as {
    readonly invokeTool: (
      name: string,
      options: object,
    ) => Thenable<{ readonly content: readonly { readonly value: string }[] }>;
  };
  const { content } = await invokeTool(name, { input, toolInvocationToken: undefined });
  return content.map(({ value }) => value).join('');
}
