/**
 * `host/path` of each address, in lower case where the host is, without user, password, port,
 * query and `.git`; local paths are left out. Sorted, each once.
 */
export function normaliseRemotes(urls: readonly string[]): readonly string[] {
  return [...new Set(urls.flatMap((url) => normaliseRemote(url) ?? []))].sort();
}

/** The text with users and passwords removed from its addresses. */
export function withoutCredentials(text: string): string {
  return text.replace(/(\w+:\/\/)[^\s/@]*(?:@[^\s/@]*)*@/g, '$1');
}

/** Of a remote helper, such as `helper::https://host/path`, the address behind its name counts. */
function normaliseRemote(given: string): string | undefined {
  const url = given.replace(/^(?:[\w+.-]+::)+/, '');
  const address = /^\w[\w+.-]*:\/\//.test(url) ? url : shortForm(url);
  if (address === undefined || !URL.canParse(address)) return undefined;
  const { protocol, hostname, pathname } = new URL(address);
  if (protocol === 'file:' || hostname === '') return undefined;
  const path = pathname.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '');
  return path === '' ? undefined : `${hostname.toLowerCase()}/${path}`;
}

/** `user@host:path`; a single letter before the colon is a drive. */
function shortForm(url: string): string | undefined {
  const [, host, path] =
    /^(?:[^\s/]*@)?([\w.-]{2,}|\[[\da-fA-F:]+\]):(?!\/\/)(.+)$/.exec(url) ?? [];
  return host === undefined || path === undefined ? undefined : `ssh://${host}/${path}`;
}
