import assert from 'node:assert/strict';
import { openSourceTexts, type SourceTexts } from '../../../src/core/sources/sourceText.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder.ts';

describe('source texts', () => {
  let folder: TemporaryFolder;
  afterEach(() => {
    folder.remove();
  });
  const open = (files: Record<string, string | Buffer>): SourceTexts => {
    folder = createTemporaryFolder(files);
    return openSourceTexts(folder.path, { attributesFile: undefined, exclude: [], languages: [] });
  };
  const czech = Buffer.from('// \xf8e\xe8\n', 'latin1');

  it('are read in the encoding that settings beside them state', async () => {
    const texts = open({
      '.editorconfig': 'root = true\n[*]\nindent_size = 2\n[*.{js,ts}]\ncharset = latin1\n',
      'east/.editorconfig': '[*.js]\ncharset = iso-8859-2\n',
      '.gitattributes': 'wide.js working-tree-encoding=UTF-16LE\nold.js encoding=iso-8859-2\n',
      'a.js': czech,
      'east/a.js': czech,
      'old.js': czech,
      'wide.js': Buffer.from('// řeč\n', 'utf16le'),
    });
    const textOf = async (path: string): Promise<string> => {
      const source = await texts.readFile(path);
      return 'text' in source ? source.text : source.skipped;
    };
    assert.equal(await textOf('a.js'), '// øeè\n');
    assert.equal(await textOf('east/a.js'), '// řeč\n');
    assert.equal(await textOf('old.js'), '// řeč\n');
    assert.equal(await textOf('wide.js'), '// řeč\n');
  });

  it('are the same in history, where git holds what it wrote out in UTF-8', async () => {
    const texts = open({
      '.gitattributes': 'wide.js working-tree-encoding=UTF-16LE\nold.js encoding=iso-8859-2\n',
    });
    const old = await texts.readVersion('old.js', czech);
    assert.equal('text' in old && old.text, '// řeč\n');
    const wide = await texts.readVersion('wide.js', Buffer.from('// řeč\n'));
    assert.equal('text' in wide && wide.text, '// řeč\n');
  });
});
