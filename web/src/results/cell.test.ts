import { describe, expect, test } from 'vitest';
import { parseLossless } from '../api/losslessJson';
import { formatCell, nestedText, oneLine } from './cell';

function cellOf(json: string, type: string) {
  const { value, marker } = parseLossless(`[${json}]`);
  return formatCell((value as unknown[])[0], type, marker);
}

describe('formatCell', () => {
  test.each([
    ['9223372036854775807', 'BIGINT', '9223372036854775807'],
    [
      '1234567890123456789012345678.0123456789',
      'DECIMAL(38,10)',
      '1234567890123456789012345678.0123456789',
    ],
    ['1.50', 'DECIMAL(10,2)', '1.50'],
    ['0.00', 'DECIMAL(10,2)', '0.00'],
    ['100', 'DECIMAL(10,0)', '100'],
    ['0.1', 'DOUBLE', '0.1'],
    ['-0.0', 'DOUBLE', '-0'],
    ['"NaN"', 'DOUBLE', 'NaN'],
    ['"-Infinity"', 'DOUBLE', '-Infinity'],
    ['42', 'INT', '42'],
  ])('shows %s of %s as %s', (json, type, text) => {
    expect(cellOf(json, type)).toEqual({ kind: 'number', text });
  });

  test('tells NULL from an empty string and from the word', () => {
    expect(cellOf('null', 'STRING')).toEqual({ kind: 'null', text: 'NULL' });
    expect(cellOf('""', 'STRING')).toEqual({ kind: 'text', text: '' });
    expect(cellOf('"NULL"', 'STRING')).toEqual({ kind: 'text', text: 'NULL' });
  });

  test('does not take digits in a string for a number', () => {
    expect(cellOf('"9223372036854775807"', 'STRING').kind).toBe('text');
  });

  test('shows nested values as JSON with every digit', () => {
    expect(cellOf('{"a":9223372036854775807,"b":[1,null,"x"]}', 'STRUCT<a: BIGINT>')).toEqual({
      kind: 'nested',
      text: '{"a":9223372036854775807,"b":[1,null,"x"]}',
    });
    expect(nestedText([1], null, 2)).toBe('[\n  1\n]');
  });

  test('shows booleans', () => {
    expect(cellOf('true', 'BOOLEAN')).toEqual({ kind: 'boolean', text: 'true' });
  });
});

test('oneLine bounds the length and shows line breaks', () => {
  expect(oneLine('a\r\nb\nc')).toBe('a⏎b⏎c');
  expect(oneLine('x'.repeat(1000))).toHaveLength(401);
});
