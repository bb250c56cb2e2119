import assert from 'node:assert/strict';

import {
  decode,
  encode,
  toBf16Bits,
  toF16Bits,
} from '../../../../src/core/adapters/safetensors/elements.ts';

const bitsOf = (value: number): number => new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0;

describe('numbers of 16 bits', () => {
  const halves: readonly (readonly [number, number, number])[] = [
    [0, 0x0000, 0x0000],
    [-0, 0x8000, 0x8000],
    [1, 0x3c00, 0x3f80],
    [-2.5, 0xc100, 0xc020],
    // Ties go to the even neighbour, below and above.
    [1 + 2 ** -11, 0x3c00, 0x3f80],
    [1 + 3 * 2 ** -11, 0x3c02, 0x3f80],
    [1 + 2 ** -8, 0x3c04, 0x3f80],
    [1 + 3 * 2 ** -8, 0x3c0c, 0x3f82],
    [65504, 0x7bff, 0x4780],
    [65519.996, 0x7bff, 0x4780],
    [65520, 0x7c00, 0x4780],
    [2 ** -24, 0x0001, 0x3380],
    [2 ** -25, 0x0000, 0x3300],
    [1.5 * 2 ** -24, 0x0002, 0x33c0],
    [2 ** -14 - 2 ** -26, 0x0400, 0x3880],
    [3.4e38, 0x7c00, 0x7f80],
    [Infinity, 0x7c00, 0x7f80],
    [-Infinity, 0xfc00, 0xff80],
  ];
  for (const [value, f16, bf16] of halves) {
    it(`${value} is rounded to the nearest, ties to even`, () => {
      assert.deepEqual([toF16Bits(bitsOf(value)), toBf16Bits(bitsOf(value))], [f16, bf16]);
    });
  }

  it('stay no number', () => {
    assert.equal(toF16Bits(0x7f800001) & 0x7c00, 0x7c00);
    assert.notEqual(toF16Bits(0x7f800001) & 0x3ff, 0);
    assert.notEqual(toBf16Bits(0xffffffff) & 0x7f, 0);
  });

  it('all come back from float32 as they were', () => {
    const all = Uint16Array.from({ length: 0x10000 }, (_, bits) => bits);
    for (const [type, exponent] of [
      ['F16', 0x7c00],
      ['BF16', 0x7f80],
    ] as const) {
      const finite = all.filter((bits) => (bits & exponent) !== exponent);
      const values = new Float32Array(finite.length);
      assert.equal(decode(type, new Uint8Array(finite.buffer), values), -1);
      assert.deepEqual(Buffer.from(encode(type, values)), Buffer.from(finite.buffer));
    }
  });

  it('are read wherever they begin', () => {
    const bytes = new Uint8Array([9, 0x00, 0x3c, 0x00, 0xc0]).subarray(1);
    const values = new Float32Array(2);
    decode('F16', bytes, values);
    assert.deepEqual([...values], [1, -2]);
  });

  it('name the first that is infinite or none', () => {
    const values = Float32Array.of(1, 2, NaN, Infinity);
    assert.equal(decode('F32', encode('F32', values), new Float32Array(4)), 2);
    assert.equal(decode('BF16', encode('BF16', values), new Float32Array(4)), 2);
    assert.equal(decode('F16', encode('F16', Float32Array.of(1e6)), new Float32Array(1)), 0);
  });
});
