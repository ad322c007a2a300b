import { SQLDialect } from '@codemirror/lang-sql';

/** DuckDB's words with the Spark forms that Tarn takes. */
export const tarnDialect = SQLDialect.define({
  caseInsensitiveIdentifiers: true,
  identifierQuotes: '"`',
  operatorChars: '*+-%<>!=&|~^/?:',
  doubleDollarQuotedStrings: true,
  keywords:
    'add all alter and anti any as asc asof at between bernoulli both by cascade case cast collate column comment create cross cube current day ' +
    'delete desc describe distinct drop else end escape except exclude exists explain extract false filter first following for from full ' +
    'group grouping groups having hour if ignore ilike in inner insert intersect interval into is join last lateral left like limit ' +
    'materialized merge minute month natural not null nulls of offset on or order outer over partition partitioned pivot positional ' +
    'preceding qualify range recursive replace respect rename right rollup row rows sample second select semi set sets show similar ' +
    'snapshot struct summarize symmetric system_time table tables tablesample tblproperties then ties timestamp to trailing true truncate try_cast ' +
    'unbounded union unnest unpivot update using values version view week when where window with within year zone',
  types:
    'array bigint binary blob bool boolean date decimal double float hugeint int integer list map numeric real smallint string text ' +
    'time timestamp timestamptz tinyint ubigint uinteger uuid varchar',
  builtin:
    'abs any_value approx_count_distinct arg_max arg_min avg bool_and bool_or ceil coalesce concat concat_ws contains corr count ' +
    'current_date current_timestamp date_add date_diff date_part date_trunc dense_rank epoch exp extract first_value floor greatest ' +
    'ifnull lag last_value lead least left length list list_contains ln log lower lpad ltrim make_date max md5 median min mode now ntile nullif ' +
    'position power quantile_cont rank regexp_extract regexp_matches regexp_replace replace reverse right round row_number rpad rtrim ' +
    'sign split_part sqrt stddev strftime string_agg strlen strptime substring sum to_timestamp trim trunc typeof upper var_pop var_samp',
});
