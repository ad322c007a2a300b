const PLAIN = /^[a-z_][a-z0-9_]*$/;

/** Words which the parser does not take as a bare name. */
const RESERVED = new Set(
  (
    'all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create ' +
    'default deferrable desc describe distinct do else end except false fetch for foreign from grant group having ' +
    'in initially intersect into lambda lateral leading limit not null offset on only or order pivot placing ' +
    'primary qualify references returning select show some summarize symmetric table then to trailing true union ' +
    'unique unpivot using variadic when where window with'
  ).split(' '),
);

export function quoteIdentifier(name: string): string {
  return PLAIN.test(name) && !RESERVED.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** A nested namespace is shown with dots between its parts. */
export function namespaceName(namespace: string): string {
  return namespace.split('.').map(quoteIdentifier).join('.');
}

export function tableName(table: { namespace: string; table: string }): string {
  return `${namespaceName(table.namespace)}.${quoteIdentifier(table.table)}`;
}
