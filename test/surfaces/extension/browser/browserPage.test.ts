import assert from 'node:assert/strict';
import { toPage } from '../../../../src/extension/browser/page.ts';

const PARTS = {
  cspSource: 'https://webview.example',
  script: 'https://webview.example/main.js',
  styles: 'https://webview.example/main.css',
  language: 'en',
  title: 'Patterns',
  texts: {},
};

describe('the page of the browser', () => {
  it('lets nothing in but what the extension brings', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(toPage(PARTS))?.[1];
    assert.deepEqual(policy?.split('; '), [
      "default-src 'none'",
      'script-src https://webview.example',
      'style-src https://webview.example',
      'font-src https://webview.example',
      'img-src https://webview.example',
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it('has no inline script, style or handler', () => {
    const page = toPage(PARTS);
    assert.deepEqual(page.match(/<script[^>]*>[^<]*/g), [`<script src="${PARTS.script}">`]);
    assert.doesNotMatch(page, /<style|\sstyle=|\son\w+=/);
  });

  it('hands over its texts as an attribute that nothing in them can end', () => {
    const texts = { 'a"b': `<img src=x onerror='1'>&amp;"/><script>` };
    const page = toPage({ ...PARTS, texts, title: '</title><b>' });
    const attribute = /data-l10n="([^"]*)"/.exec(page)?.[1] ?? '';
    assert.doesNotMatch(page, /<img|<b>/);
    assert.deepEqual(JSON.parse(unescape(attribute)), texts);
  });
});

function unescape(attribute: string): string {
  return attribute
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
