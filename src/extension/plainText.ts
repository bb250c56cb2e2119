/** Text of others as a label of one line, in which `$(name)` stays what it is and is no icon. */
export function asPlainLabel(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\\?\$\([a-z0-9~-]+\)/gi, (icon) => (icon.startsWith('\\') ? icon : `\\${icon}`));
}

/**
 * Text of others in a message, where VS Code makes a link of `[text](command:…)`: a space without
 * width parts the brackets, and to the eye nothing changes.
 */
export function asPlainMessage(text: string): string {
  return text.replaceAll('](', ']\u200B(');
}

/** Text of others in Markdown, on one line, where nothing of it means anything. */
export function asPlainMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_{}[\]()#+.!<>|~&$-]/g, '\\$&');
}
