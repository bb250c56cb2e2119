import { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { css } from 'lit';

// The cross that empties a field is drawn in a blue of Chromium's own, which is hardly seen on dark grounds. It
// lies within the element, where styles of the page do not reach. It is drawn by lines, since what is cut to the
// shape of a cross can only be pressed on the lines.
VscodeTextfield.elementStyles.push(css`
  input::-webkit-search-cancel-button {
    --cross: var(--vscode-icon-foreground, currentColor);
    --line:
      transparent calc(50% - 1px), var(--cross) calc(50% - 0.5px), var(--cross) calc(50% + 0.5px),
      transparent calc(50% + 1px);
    appearance: none;
    inline-size: 16px;
    block-size: 16px;
    margin-inline-start: 4px;
    background:
      linear-gradient(45deg, var(--line)) center / 9px 9px no-repeat,
      linear-gradient(-45deg, var(--line)) center / 9px 9px no-repeat;
    cursor: pointer;
  }
`);
