import assert from 'node:assert/strict';
import { newGuide, withGuideSection } from '../../../../src/core/platform/text/guideSection.ts';

describe('a section of a file for agents', () => {
  it('comes after what others wrote, and replaces itself and nothing else', () => {
    const first = withGuideSection('# Rules\n\nBe kind.\n', '## Patterns\n\nA') ?? '';
    assert.ok(first.startsWith('# Rules\n\nBe kind.\n\n<!-- pattern-foundry begin'));
    const second = withGuideSection(`${first}\nMore rules.\n`, '## Patterns\n\nB') ?? '';
    assert.equal(second, `${first}\nMore rules.\n`.replace('\nA\n', '\nB\n'));
    assert.equal(withGuideSection(second, '## Patterns\n\nB'), second, 'again changes nothing');
    assert.doesNotMatch(withGuideSection(second, '') ?? '', /pattern-foundry|Patterns/);
  });

  it('may hold code that holds its marks', () => {
    const begin = '<!-- pattern-foundry begin: written by hand -->';
    const code = [begin, 'a', '<!-- pattern-foundry end -->', 'x("<!-- pattern-foundry end -->");'];
    const first = withGuideSection('# Rules\n', code.join('\n')) ?? '';
    assert.ok(first.includes(code[3] ?? ''));
    assert.equal(withGuideSection(first, code.join('\n')), first);
    assert.equal(withGuideSection(`${first}\nMore.\n`, ''), '# Rules\n\n\n\nMore.\n');
  });

  it('leaves what stands between it and another one', () => {
    const one = withGuideSection('', 'A') ?? '';
    assert.match(withGuideSection(`${one}Mine.\n${one}`, 'B') ?? '', /\nMine\.\n/);
  });

  it('keeps line ends', () => {
    const text = withGuideSection('# Rules\r\n', '## Patterns\n\nA') ?? '';
    assert.doesNotMatch(text, /[^\r]\n/);
    assert.equal(withGuideSection(text, '## Patterns\n\nA'), text);
  });

  it('is refused where its end is lost, so that nothing of others is', () => {
    const text = withGuideSection('', 'A') ?? '';
    assert.equal(
      withGuideSection(text.replace('<!-- pattern-foundry end -->', ''), 'B'),
      undefined,
    );
  });

  it('stands in a new skill behind what says what it is for', () => {
    assert.match(newGuide('SKILL.md'), /^---\nname: project-patterns\ndescription: .+\n---\n\n$/);
    assert.equal(newGuide('AGENTS.md'), '');
    const skill = withGuideSection(newGuide('SKILL.md'), 'A') ?? '';
    assert.match(skill, /^---\n[^]*---\n\n<!-- pattern-foundry begin[^]*\nA\n/);
  });
});
