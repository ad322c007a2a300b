import { expect, it } from 'vitest';
import { mappingText, parseMapping } from './roleMapping';

it('roles of an identity provider are lines of theirs = ours', () => {
  const roles = { 'cn=data,dc=org': 'Analyst', admins: 'Admin' };
  expect(parseMapping(mappingText(roles))).toEqual(roles);
  expect(parseMapping('\n a = B \n\n')).toEqual({ a: 'B' });
  expect(parseMapping('nothing')).toBeNull();
  expect(parseMapping('= B')).toBeNull();
});
