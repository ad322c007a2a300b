import { expect, test } from 'vitest';
import { inputsOf, parameterNames, parametersToSend } from './parameters';

test('parameters are found outside of strings, comments, names, casts, slices and structs', () => {
  expect(parameterNames('select :a, x::int, :b + :a')).toEqual(['a', 'b']);
  expect(parameterNames("select ':no', \":no\", `:no`, $$:no$$, $q$:no$q$, e'\\':no'")).toEqual([]);
  expect(parameterNames('-- :no\n/* :no */ select :yes')).toEqual(['yes']);
  expect(parameterNames("select {'k': v, 'k2':v}, l[1:n], l[a:b], l[:n], ':'':no', :yes")).toEqual([
    'yes',
  ]);
  expect(parameterNames('where day>=:day and n=:n_2;')).toEqual(['day', 'n_2']);
  expect(parameterNames("select 'open :no")).toEqual([]);
  expect(parameterNames('select l[1: :n], [:m]')).toEqual(['n', 'm']);
  expect(parameterNames('where a in (:a,:b)')).toEqual(['a', 'b']);
});

test('values are sent by their type, long numbers with every digit', () => {
  const inputs = {
    t: { type: 'text', value: "o'hara" },
    n: { type: 'number', value: '1.5' },
    big: { type: 'number', value: '12345678901234567890.12' },
    d: { type: 'date', value: '2024-01-01' },
    b: { type: 'boolean', value: 'true' },
    z: { type: 'null', value: 'x' },
    wrong: { type: 'number', value: 'abc' },
  } as const;
  const sent = parametersToSend('select :t,:n,:big,:d,:b,:z,:wrong', inputs);
  expect(sent).toEqual({
    parameters: {
      t: "o'hara",
      n: 1.5,
      big: { type: 'DECIMAL', value: '12345678901234567890.12' },
      d: { type: 'DATE', value: '2024-01-01' },
      b: true,
      z: null,
    },
    unfit: ['wrong'],
  });
  expect(inputsOf(sent.parameters)).toMatchObject({ big: { type: 'number' }, d: { type: 'date' } });
  expect(parametersToSend('select 1', inputs).parameters).toEqual({});
});
