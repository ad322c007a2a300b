import { useId } from 'react';
import { SelectField, TextField } from '../kit/Field';
import classes from './access.module.css';
import { EVERYTHING, KINDS, resourceParts, resourceText } from './resource';
import { useCatalogNames } from './useCatalogNames';

const HINTS: Record<string, string> = {
  table: 'Such as iceberg.shop.orders; * is every table.',
  namespace: 'Such as iceberg.shop: its tables, and the namespaces below it.',
  catalog: 'iceberg: every namespace and table.',
  user: 'An id, or * for all of them.',
};
const CHOICES = KINDS.map((kind) => [kind, kind] as const);

interface Props {
  value: string;
  onChange: (resource: string) => void;
  /** Kinds that may be chosen; all of them when not given. */
  kinds?: readonly string[];
  everything?: boolean;
  required?: boolean;
}

/** What a right is on: its kind, and its name with the names of the catalog under it. */
export function ResourceField(props: Props) {
  const { value, onChange, kinds, everything = false, required = true } = props;
  const names = useId();
  const { kind, name } = resourceParts(value);
  const found = useCatalogNames(kind, name);
  const choices: (readonly [string, string])[] = [
    ...(kinds === undefined ? CHOICES : kinds.map((one) => [one, one] as const)),
    ...(everything ? [[EVERYTHING, 'everything'] as const] : []),
  ];
  return (
    <div className={classes.resource}>
      <SelectField
        label="On"
        value={kind}
        options={choices}
        onChange={(next) => onChange(resourceText({ kind: next, name: startOf(next, kind, name) }))}
      />
      {kind !== EVERYTHING && (
        <TextField
          label="Name"
          hint={HINTS[kind] ?? '* is all of them.'}
          required={required}
          maxLength={1_000}
          list={names}
          value={name}
          onChange={(next) => onChange(resourceText({ kind, name: next }))}
        />
      )}
      <datalist id={names}>
        {found.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </div>
  );
}

const OF_CATALOG = ['table', 'namespace', 'catalog'];

/** A name stays while it can be meant; of what the catalog has no names, all are meant at first. */
function startOf(next: string, before: string, name: string): string {
  const both = [next, before].every((kind) => OF_CATALOG.includes(kind));
  return both ? name : OF_CATALOG.includes(next) ? '' : '*';
}
