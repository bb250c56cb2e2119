import assert from 'node:assert/strict';
import type { TemplateResult } from 'lit';
import { drawBreakable, drawName, drawPath, drawSentence } from '../../../webview-ui/cutText.ts';
import { drawnText } from './drawnText.ts';

/** What stays when there is no room, as long as anything does. */
function tailIn(drawn: TemplateResult): string {
  return /class="cut-tail">([^<]*)</.exec(drawnText(drawn))?.[1] ?? '';
}

describe('a text that is cut in its middle', () => {
  it('keeps whole words of the end of a sentence', () => {
    const cases = [
      ['Preserve Authorization header on HTTPS redirect', 'redirect'],
      ['Fix RFC 2069 mode digest authentication', 'authentication'],
      ['NO_PROXY should support IPv4, IPv6 and URL', 'and URL'],
      ['Fix stream uploads that subclass SyncByteStream/AsyncByteStream', 'ByteStream'],
      ['Fix environment', ''],
      ['长'.repeat(30), '长'.repeat(10)],
    ] as const;
    for (const [text, tail] of cases) assert.equal(tailIn(drawSentence(text)), tail);
  });

  it('keeps whole parts of the end of a name', () => {
    const cases = [
      ['client.get_environment_proxies', '_proxies'],
      ['AsyncIteratorByteStream', 'ByteStream'],
      ['DigestAuth._build_auth', ''],
      ['keeps what stands behind the first equals sign', 'sign'],
      ['raises … HTTPStatusError … raise_for_status', 'raise_for_status'],
      ['an_extraordinarydocumentation', 'umentation'],
    ] as const;
    for (const [name, tail] of cases) assert.equal(tailIn(drawName(name)), tail);
    assert.equal(tailIn(drawPath('lib/application_configuration.py')), 'uration.py');
    assert.equal(tailIn(drawPath('lib/the_application_codes.py')), '_codes.py');
  });

  it('goes on in the next line behind a part of it where there are lines', () => {
    assert.equal(
      drawnText(drawBreakable('src/routing/map_rules.py:271')),
      'src/<wbr />routing/<wbr />map_<wbr />rules.py:271',
    );
    assert.equal(drawnText(drawBreakable('Map._bind')), 'Map._<wbr />bind');
  });

  it('is whole where it is copied', () => {
    const text = 'Ensure that iter_bytes does not ever yield any zero-length chunks';
    assert.equal(drawnText(drawSentence(text)).replace(/<[^>]*>/g, ''), text);
  });
});
