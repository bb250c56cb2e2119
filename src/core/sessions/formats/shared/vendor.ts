import type { Vendor } from '../../../model/sessions/session.ts';

/** Whose model it is, by its name; `undefined` where that is not told. */
export function vendorOf(model: string): Vendor | undefined {
  const name = model.replace(/^.*\//, '').toLowerCase();
  if (name.startsWith('claude')) return 'anthropic';
  if (/^(?:gpt-|o[134]\b|o[134]-|codex)/.test(name)) return 'openai';
  return name.startsWith('gemini') ? 'google' : undefined;
}
