import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import * as vscode from 'vscode';
import type { AppError } from '../../../src/core/model/errors.ts';
import type { ChatMessage } from '../../../src/core/model/ports/chatModel.ts';
import { askEditorModel, editorModel } from '../../../src/extension/models/editorModel.ts';

const MESSAGES: readonly ChatMessage[] = [
  { role: 'system', content: 'judge' },
  { role: 'user', content: 'which step?' },
  { role: 'assistant', content: 'none' },
];

type Send = vscode.LanguageModelChat['sendRequest'];

function modelThat(sendRequest: Send): vscode.LanguageModelChat {
  return { id: 'small', name: 'Small', sendRequest } as unknown as vscode.LanguageModelChat;
}

function answering(parts: readonly string[]): Send {
  const text = Readable.from(parts);
  return () => Promise.resolve({ text } as unknown as vscode.LanguageModelChatResponse);
}

describe('the model of VS Code', () => {
  it('is asked in its own words, with what we ask for, and its answer is put together', async () => {
    const asked: vscode.LanguageModelChatMessageRole[] = [];
    let why = '';
    const model = modelThat((messages, options, token) => {
      asked.push(...messages.map(({ role }) => role));
      why = options?.justification ?? '';
      return answering(['{"steps"', ': []}'])(messages, options, token);
    });
    const answer = await askEditorModel(model, { messages: MESSAGES, maxTokens: 100 });
    assert.deepEqual(answer, { text: '{"steps": []}', isCut: false });
    const { User, Assistant } = vscode.LanguageModelChatMessageRole;
    assert.deepEqual(asked, [User, User, Assistant]);
    assert.notEqual(why, '');
  });

  it('is not listened to for longer than it may answer', async () => {
    const model = modelThat(answering(Array.from({ length: 100 }, () => 'and on and on')));
    const { text, isCut } = await askEditorModel(model, { messages: MESSAGES, maxTokens: 5 });
    assert.ok(isCut && text.length < 100);
  });

  it('that we may not ask says so, and one that fails says why', async () => {
    const failing = (error: Error) =>
      askEditorModel(
        modelThat(() => Promise.reject(error)),
        { messages: MESSAGES, maxTokens: 5 },
      );
    await assert.rejects(
      failing(vscode.LanguageModelError.NoPermissions('not today')),
      (error: AppError) => {
        return error.code === 'model-not-allowed' && error.message.includes('not today');
      },
    );
    await assert.rejects(
      failing(vscode.LanguageModelError.Blocked('too often')),
      (error: AppError) => {
        return error.code === 'model-failed' && error.message.includes('too often');
      },
    );
  });

  it('is told to stop, and answers nothing then', async () => {
    const stop = new AbortController();
    let isTold = false;
    const model = modelThat((_, __, token) => {
      stop.abort();
      isTold = token?.isCancellationRequested ?? false;
      return Promise.reject(new Error('stopped'));
    });
    const asking = askEditorModel(model, { messages: MESSAGES, maxTokens: 5 }, stop);
    await assert.rejects(asking, { name: 'AbortError' });
    assert.ok(isTold);
  });

  it('is the one of the id that was chosen', async () => {
    const selected: unknown[] = [];
    const select = (selector?: vscode.LanguageModelChatSelector) => {
      selected.push(selector);
      return Promise.resolve([]);
    };
    assert.equal(await editorModel('small', select), undefined);
    assert.equal(await editorModel('', select), undefined);
    assert.deepEqual(selected, [{ id: 'small' }, {}]);
  });
});
