import { describe, expect, test } from 'vitest';
import { parseLossless } from './losslessJson';

/** The text of the only element of a parsed list. */
function numberText(json: string): string {
  const { value, marker } = parseLossless(`[${json}]`);
  const [element] = value as unknown[];
  return typeof element === 'string' && marker !== null
    ? element.slice(marker.length)
    : String(element);
}

describe('parseLossless', () => {
  test.each([
    '9223372036854775807',
    '-9223372036854775808',
    '1234567890123456789012345678.0123456789',
    '99999999999999999999999999999999999999',
    '-0.0000000001234567890123456789',
    '0.30000000000000004',
    '1.7976931348623157E308',
    '1000000000000000000000',
  ])('keeps every digit of %s', (json) => {
    expect(numberText(json)).toBe(json);
  });

  test.each(['0', '-1', '1.5', '999999999999999', '0.000000000000001', '2.5e-7'])(
    'leaves %s a number',
    (json) => {
      expect(parseLossless(`[${json},9223372036854775807]`).value).toEqual([
        Number(json),
        expect.any(String),
      ]);
    },
  );

  test('does not touch strings, keys or escapes', () => {
    const text = String.raw`{"9223372036854775807":"say \"9223372036854775807\" \\","n":9223372036854775807}`;
    const { value, marker } = parseLossless(text);
    expect(value).toEqual({
      '9223372036854775807': 'say "9223372036854775807" \\',
      n: `${marker}9223372036854775807`,
    });
  });

  test('chooses a marker which the answer does not contain, escaped or not', () => {
    const { value, marker } = parseLossless(
      '["\ue0009223372036854775807","\\ue001",9223372036854775807]',
    );
    expect(marker).toBe('\ue002');
    expect(value).toEqual(['\ue0009223372036854775807', '\ue001', '\ue0029223372036854775807']);
  });

  test('has no marker when every number is short', () => {
    expect(parseLossless('{"a":[1,2.5,null,"x"]}')).toEqual({
      value: { a: [1, 2.5, null, 'x'] },
      marker: null,
    });
  });

  test('refuses what is not JSON', () => {
    expect(() => parseLossless('[9223372036854775807')).toThrow(SyntaxError);
  });
});
