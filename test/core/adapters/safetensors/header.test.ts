import assert from 'node:assert/strict';
import fc from 'fast-check';

import {
  headerLength,
  parseHeader,
  sizeOf,
  toHeader,
} from '../../../../src/core/adapters/safetensors/header.ts';
import { AppError } from '../../../../src/core/model/errors.ts';

const ROW = '"dtype":"F32","shape":[2],"data_offsets":[0,8]';

describe('the header of a safetensors file', () => {
  it('says where each tensor lies', () => {
    const bytes = Buffer.from(
      `{"__metadata__":{"format":"pt"},"b":{"dtype":"BF16","shape":[1,2],"data_offsets":[8,12]},"a":{${ROW}},"empty":{"dtype":"F16","shape":[0,7],"data_offsets":[12,12]},"one":{"dtype":"F32","shape":[],"data_offsets":[12,16]}}   `,
    );
    const start = 8 + bytes.length;
    const places = parseHeader(bytes, start + 16);
    assert.deepEqual(Object.fromEntries(places), {
      b: { type: 'BF16', shape: [1, 2], start: start + 8, sizeBytes: 4 },
      a: { type: 'F32', shape: [2], start, sizeBytes: 8 },
      empty: { type: 'F16', shape: [0, 7], start: start + 12, sizeBytes: 0 },
      one: { type: 'F32', shape: [], start: start + 12, sizeBytes: 4 },
    });
  });

  it('may name a tensor like anything', () => {
    const bytes = Buffer.from(`{"__proto__":{${ROW}}}`);
    const places = parseHeader(bytes, 8 + bytes.length + 8);
    assert.deepEqual([...places.keys()], ['__proto__']);
  });

  const damaged: Readonly<Record<string, string>> = {
    'is no object': '[]',
    'begins with a space': ` {"a":{${ROW}}}`,
    'is cut off': '{"a":',
    'names a tensor twice': `{"a":{${ROW}},"a":{${ROW}}}`,
    'names a tensor twice with an escape': `{"a":{${ROW}},"\\u0061":{${ROW}}}`,
    'names a field twice': `{"a":{"dtype":"F32",${ROW}}}`,
    'has metadata that are no text': `{"__metadata__":{"n":1},"a":{${ROW}}}`,
    'has metadata that are a list': `{"__metadata__":[],"a":{${ROW}}}`,
    'has no element type': '{"a":{"shape":[2],"data_offsets":[0,8]}}',
    'has a negative length': '{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}',
    'has a fraction of a length': '{"a":{"dtype":"F32","shape":[0.5],"data_offsets":[0,2]}}',
    'has a length nobody can count':
      '{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}',
    'has another size than its shape': '{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}',
    'has tensors that overlap':
      '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}',
    'leaves a hole': '{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}',
    'has a tensor beyond the end': '{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}',
    'leaves bytes at the end': '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
    'has a place of one number': '{"a":{"dtype":"F32","shape":[2],"data_offsets":[8]}}',
    'has null for a tensor': '{"a":null}',
  };
  for (const [what, json] of Object.entries(damaged)) {
    it(`is refused where it ${what}`, () => {
      const bytes = Buffer.from(json);
      assertCode(() => parseHeader(bytes, 8 + bytes.length + 8), 'adapter-damaged');
    });
  }

  it('is refused where it is no UTF-8', () => {
    const bytes = Buffer.from(`{"\xff":{${ROW}}}`, 'latin1');
    assertCode(() => parseHeader(bytes, 8 + bytes.length + 8), 'adapter-damaged');
  });

  for (const type of ['I64', 'F64', '__proto__', 'constructor', 'f32']) {
    it(`is refused with elements of type ${type}`, () => {
      const bytes = Buffer.from(`{"a":{"dtype":"${type}","shape":[1],"data_offsets":[0,8]}}`);
      assertCode(() => parseHeader(bytes, 8 + bytes.length + 8), 'adapter-unsupported');
    });
  }

  it('may neither be missing, nor longer than the file, nor endless', () => {
    const lengthOf = (value: bigint) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(value);
      return bytes;
    };
    assertCode(() => headerLength(Buffer.alloc(7), 7), 'adapter-damaged');
    assertCode(() => headerLength(lengthOf(93n), 100), 'adapter-damaged');
    assertCode(() => headerLength(lengthOf(2n ** 63n), 2 ** 40), 'adapter-damaged');
    assertCode(() => headerLength(lengthOf(100_000_001n), 2 ** 40), 'adapter-damaged');
    assert.equal(headerLength(lengthOf(92n), 100), 92);
  });

  it('is read as it was written, whatever the names', () => {
    const tensor = fc.record({
      type: fc.constantFrom('F32' as const, 'F16' as const, 'BF16' as const),
      shape: fc.array(fc.nat(4), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), tensor), (named) => {
        const tensors = Object.entries(named).map(([name, rest]) => ({ name, ...rest }));
        const header = toHeader(tensors);
        assert.equal(header.byteLength % 8, 0);
        const size = tensors.reduce((sum, { type, shape }) => sum + sizeOf(type, shape), 0);
        const read = parseHeader(header.subarray(8), header.byteLength + size);
        assert.deepEqual(
          [...read].map(([name, { type, shape }]) => ({ name, type, shape })).sort(byName),
          tensors.sort(byName),
        );
      }),
    );
  });
});

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}

function assertCode(act: () => unknown, code: string): void {
  assert.throws(act, (error: unknown) => error instanceof AppError && error.code === code);
}
