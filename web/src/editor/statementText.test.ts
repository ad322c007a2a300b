import { expect, test } from 'vitest';
import { changesTables } from './statementText';

test.each([
  ['CREATE TABLE t (a INT)', true],
  ['-- new rows\n/* of\ntoday */ insert into t values (1)', true],
  ['drop table t', true],
  ['select * from create_log', false],
  ['createx', false],
  ['-- insert', false],
  ['', false],
])('%s', (text, changes) => {
  expect(changesTables(text)).toBe(changes);
});
