import assert from 'node:assert/strict';
import iconv from 'iconv-lite';
import { decodeText } from '../../../../src/core/platform/text/decode.ts';

describe('decoding a text', () => {
  const decode = async (bytes: Buffer, stated?: string): Promise<string> => {
    const decoded = await decodeText(bytes, stated);
    return 'text' in decoded ? decoded.text : `no text: ${decoded.reason}`;
  };
  const code = (comment: string): string =>
    `/* ${comment} */\nfunction check(n) {\n  return n > 1;\n}\n`;

  for (const [encoding, comment] of [
    ['gbk', '计算两个日期之间的天数差，返回整数。'],
    ['gb18030', '获取用户列表'],
    ['big5', '檢查訂單的數量是否正確，並回傳結果'],
    ['shift_jis', '設定ファイルを読み込む'],
    ['euc-jp', '設定ファイルを読み込む'],
    ['euc-kr', '주문 수량을 확인한다'],
    ['windows-1251', 'Проверить количество заказов'],
    ['koi8-r', 'Проверить количество заказов'],
    ['windows-1253', 'Έλεγχος ποσότητας παραγγελιών'],
    ['windows-1250', 'Sprawdza, czy zamówienie można już wysłać, i zwraca błąd'],
    ['windows-1250', 'Zjistí, zda je položka ještě na skladě'],
    [
      'windows-1250',
      'Törli a régi fájlokat, ha már nincs szükség rájuk többé, és előtte kiírja őket',
    ],
    ['windows-1254', 'Ayarları dosyadan okur, değişmişse yeniden yükler'],
    ['windows-1255', 'בודק אם ההזמנה של הלקוח כבר נשלחה'],
    ['windows-1252', 'Récupère les réglages déjà chargés, ou la valeur par défaut'],
    ['windows-1252', 'Le projet est obsolète car sa dépendance est obsolète'],
    ['windows-1252', 'Il nome del parametro non può essere già così, perché è vuoto'],
    ['windows-1252', 'El parámetro no tiene ningún tipo implícito'],
    ['windows-1252', 'Prüft – mit „Anführung“ – ob es größer ist als 5 €'],
    ['latin1', 'Vérifie la réponse; año, ação, smörgås'],
    ['latin1', '© 2004 José Núñez'],
    ['latin1', '10 × 5 µm at 20 °C ± 1'],
    ['utf-16le', 'größer'],
    ['utf-16be', 'größer'],
    ['utf-32le', 'größer'],
    ['utf-32be', 'größer'],
  ] as const) {
    it(`reads ${encoding} without being told: ${comment}`, async () => {
      const text = code(comment);
      assert.equal(await decode(iconv.encode(text, encoding)), text);
    });
  }

  it('obeys byte order marks and takes them away', async () => {
    for (const encoding of ['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be']) {
      const bytes = iconv.encode(code('größer'), encoding, { addBOM: true });
      assert.equal(await decode(bytes), code('größer'), encoding);
    }
  });

  it('believes what the first lines state', async () => {
    for (const [encoding, first] of [
      ['iso-8859-2', '# -*- coding: iso-8859-2 -*-'],
      ['iso-8859-2', '#!/usr/bin/python\n# vim: set fileencoding=latin2 :'],
      ['windows-1250', '# encoding: windows-1250-unix'],
      ['macroman', '// -*- coding: macroman; mode: c -*-'],
      ['iso-8859-15', '<?xml version="1.0" encoding="iso-8859-15"?>'],
    ] as const) {
      const text = `${first}\n# Ž š\n`;
      assert.equal(
        await decode(iconv.encode(text, encoding)),
        iconv.decode(iconv.encode(text, encoding), encoding),
      );
    }
    const late = Buffer.from('a\nb\n# coding: latin2\n# \xb9\n', 'latin1');
    assert.match(await decode(late), /¹/);
    assert.match(await decode(Buffer.from('# coding: no-such\n# \xb9\n', 'latin1')), /¹/);
  });

  it('believes what is stated beside the text, but rather what is UTF-8', async () => {
    assert.equal(await decode(iconv.encode('# řeč\n', 'iso-8859-2'), 'latin2'), '# řeč\n');
    assert.equal(await decode(Buffer.from('# řeč\n'), 'latin2'), '# řeč\n');
    assert.equal(await decode(iconv.encode('// řeč\n', 'utf-16le'), 'utf-16le'), '// řeč\n');
  });

  it('keeps UTF-8 in which a byte is wrong', async () => {
    const bytes = Buffer.concat([Buffer.from('// größer „gut“ '), Buffer.from([0xe4, 10])]);
    assert.equal(await decode(bytes), '// größer „gut“ \ufffd\n');
  });

  it('tells what is no text', async () => {
    assert.equal(await decode(Buffer.from('ab\0cd')), 'no text: binary');
    assert.equal(
      await decode(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0])),
      'no text: binary',
    );
    assert.equal(await decode(Buffer.from([0xff, 1, 2, 3, 4, 5, 0xfd])), 'no text: not-text');
    assert.equal(await decode(Buffer.alloc(0)), '');
  });
});
