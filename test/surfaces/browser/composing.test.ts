import assert from 'node:assert/strict';
import type { Pattern } from '../../../src/core/model/pattern.ts';
import { drawDescription, drawTags } from '../../../webview-ui/detail/textsView.ts';
import { onSearchKey } from '../../../webview-ui/list/keys.ts';
import { createListState, FIRST_LOOK } from '../../../webview-ui/list/listState.ts';
import { handlersOf } from './drawnText.ts';
import { openedBrowser } from './openedBrowser.ts';

const PATTERN = { description: 'before', tags: ['before'] } as unknown as Pattern;

interface Pressed {
  /** Whether the field was left to do with the key what it does. */
  readonly isLeft: boolean;
  readonly value: string;
  readonly isBlurred: boolean;
}

/** A key, as it is pressed in a field that holds a text. */
function press(
  handler: (event: KeyboardEvent) => void,
  key: string,
  { isComposing }: { readonly isComposing: boolean },
): Pressed {
  const pressed = { isLeft: true, value: 'typed', isBlurred: false };
  const target = {
    get value() {
      return pressed.value;
    },
    set value(value) {
      pressed.value = value;
    },
    blur: () => {
      pressed.isBlurred = true;
    },
  };
  const preventDefault = (): void => {
    pressed.isLeft = false;
  };
  handler({ key, isComposing, target, preventDefault } as unknown as KeyboardEvent);
  return pressed;
}

describe('typing a word that is composed, as in Chinese, Japanese or Korean', () => {
  for (const key of ['Enter', 'ArrowDown', 'Escape']) {
    it(`leaves ${key} to the search box`, () => {
      const look = { ...FIRST_LOOK, text: 'kensaku' };
      const opened = openedBrowser({ list: createListState(look, 0) });
      const onKey = (event: KeyboardEvent): void => {
        onSearchKey(event, opened.view());
      };
      assert.equal(press(onKey, key, { isComposing: true }).isLeft, true);
      assert.equal(opened.store.state.list.look.text, 'kensaku');
      assert.equal(press(onKey, key, { isComposing: false }).isLeft, false);
    });
  }

  for (const [name, draw] of Object.entries({ drawDescription, drawTags })) {
    for (const key of ['Enter', 'Escape']) {
      it(`leaves ${key} to the field that ${name} draws`, () => {
        const opened = openedBrowser();
        const [onKey] = handlersOf(draw(opened.view(), PATTERN, true), 'keydown');
        assert.ok(onKey);
        assert.deepEqual(press(onKey, key, { isComposing: true }), {
          isLeft: true,
          value: 'typed',
          isBlurred: false,
        });
        assert.equal(press(onKey, key, { isComposing: false }).isBlurred, true);
      });
    }
  }
});
