import { expect, test } from 'vitest';
import { hrefOf, matchPath, placeOf } from './location';

test('an address holds any name, and gives it back', () => {
  const name = 'iceberg.a b."c/d" %?';
  const href = hrefOf({
    to: '/tables/$name',
    params: { name },
    search: { tab: 'use', column: 'a&b' },
  });
  const url = new URL(href, 'http://console');
  expect(matchPath('/tables/$name', url.pathname)).toEqual({ name });
  expect(placeOf(url).search).toEqual({ tab: 'use', column: 'a&b' });
});

test('a path matches itself alone', () => {
  expect(matchPath('/', '/')).toEqual({});
  expect(matchPath('/', '/x')).toBeNull();
  expect(matchPath('/s/$id', '/s/1/2')).toBeNull();
  expect(matchPath('/s/$id', '/s/%')).toBeNull();
});
