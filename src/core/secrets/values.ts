import type { NameStrength } from './names.ts';
import { countClasses, isHex, isReadable, looksRandom } from './randomness.ts';

const PLACEHOLDER_WORDS =
  /^[<[({]?(?:pass(?:word|wd|phrase)?|pwd?|pw|secret|token|user(?:name)?|key|your|my|the|example|sample|dummy|placeholder|change[-_ ]?me|todo|tbd|none|null|nil|undefined|true|false|test|foo|bar|baz|abc|n\/a|redacted|hidden|string|value|[-_ .*x:])+[>\])}]?$/i;

/** Text that stands for a value: interpolations, masks, and words such as `your-password`. */
export function isPlaceholder(value: string): boolean {
  return (
    value.startsWith('<secret:') ||
    /^(.)\1+$/.test(value) ||
    /[$#%]?\{|\}|^\$|^%|<%|%[sdv]|^<[^>]*>$|\*{3}|\.{3}|…/.test(value) ||
    PLACEHOLDER_WORDS.test(value)
  );
}

/** A literal given to a name of that strength. */
export function isSecretValue(value: string, strength: NameStrength): boolean {
  if (/\s/.test(value) || isPlaceholder(value) || isReference(value)) return false;
  if (strength === 'password') return isPassword(value);
  if (value.length < 8 || !/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  if (strength === 'key') {
    if (isHex(value)) return value.length >= 32;
    return value.length >= 16 && looksRandom(value);
  }
  if (isHex(value)) return value.length >= 12;
  return !isReadable(value);
}

/** Text without quotes about it: it may as well be code, so it must look like nothing else. */
export function isBareSecret(value: string): boolean {
  if (value.length < 8 || isPlaceholder(value) || isReference(value)) return false;
  if (!/\d/.test(value) || !/[A-Za-z]/.test(value) || isReadable(value)) return false;
  if (isHex(value)) return value.length >= 20;
  if (/^[A-Z][A-Z0-9_]*$|^[a-z][a-z0-9_]*$/.test(value)) {
    return value.length >= 16 && looksRandom(value);
  }
  return countClasses(value) >= 3 || (value.length >= 16 && looksRandom(value));
}

function isPassword(value: string): boolean {
  if (value.length < 5) return false;
  if (/[!@#$%^&*+~?]/.test(value) && /[A-Za-z0-9]{3}/.test(value)) return true;
  const speaksOfItself = /pass|pwd|secret|token|key|word|user|login|auth/i.test(value);
  if (/\d/.test(value)) {
    return !(speaksOfItself && isReadable(value)) && !/^[\d.]{1,7}$/.test(value);
  }
  if (/^[a-z]{16,}$|^[a-z]{3,}(?:-[a-z]{3,}){3,}$/.test(value)) return !speaksOfItself;
  return !isReadable(value) && !/[-_.:/[\]()]/.test(value);
}

/** Paths, addresses, calls and member accesses: where the secret is, not what it is. */
function isReference(value: string): boolean {
  return (
    value.includes('://') ||
    /^v?\d+(?:\.\d+)+|^\d{4}-\d\d-\d\d(?!\w)|^urn:/.test(value) ||
    /^(?:\.{0,2}|~)\/[\w./-]*$/.test(value) ||
    /\.(?:[cm]?[jt]sx?|json|ya?ml|pem|key|crt|txt|env|py|rb|go|php|java|html?)$/i.test(value) ||
    /^[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*|\(|\[|::|->|=>)/.test(value)
  );
}
