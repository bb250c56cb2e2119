/**
 * The chart writes numbers in the language of the browser, which may differ from that of VS Code and
 * on some systems is no language tag at all. Imported before it.
 */
Object.defineProperty(navigator, 'language', { value: document.documentElement.lang || 'en' });
