import { l10n, ThemeIcon } from 'vscode';
import type { TextEditor } from 'vscode';
import type { PatternActions } from '../../actions/patternActions.ts';
import type { PickButton } from './patternPick.ts';

/** Buttons that stand beside patterns in quick picks. */
export interface PickButtons {
  readonly insert: PickButton;
  readonly insertSnippet: PickButton;
  readonly copy: PickButton;
  readonly openSource: PickButton;
  readonly thumbUp: PickButton;
  readonly thumbDown: PickButton;
}

/** @param editor the one that was active before the list opened */
export function createPickButtons(
  actions: PatternActions,
  editor: TextEditor | undefined,
): PickButtons {
  const target = editor === undefined ? {} : { editor };
  return {
    insert: {
      iconPath: new ThemeIcon('insert'),
      tooltip: l10n.t('Insert at Cursor'),
      closes: true,
      run: (id) => actions.insert(id, { asSnippet: false, ...target }),
    },
    insertSnippet: {
      iconPath: new ThemeIcon('symbol-snippet'),
      tooltip: l10n.t('Insert With Tab Stops'),
      closes: true,
      run: (id) => actions.insert(id, { asSnippet: true, ...target }),
    },
    copy: {
      iconPath: new ThemeIcon('copy'),
      tooltip: l10n.t('Copy'),
      closes: false,
      run: (id) => actions.copy(id),
    },
    openSource: {
      iconPath: new ThemeIcon('go-to-file'),
      tooltip: l10n.t('Open Source'),
      closes: true,
      run: (id) => actions.openSource(id, 0),
    },
    thumbUp: {
      iconPath: new ThemeIcon('thumbsup'),
      tooltip: l10n.t('Thumbs Up'),
      closes: false,
      run: (id) => actions.rate(id, 5),
    },
    thumbDown: {
      iconPath: new ThemeIcon('thumbsdown'),
      tooltip: l10n.t('Thumbs Down'),
      closes: false,
      run: (id) => actions.rate(id, 1),
    },
  };
}
