import { Button } from '@mantine/core';
import { UserField } from '../access/PeopleFields';
import { SelectField, TextField } from '../kit/Field';
import manage from '../manage/manage.module.css';
import { type AuditFilters, NO_FILTERS, OUTCOMES } from './filters';

interface Props {
  filters: AuditFilters;
  onChange: (change: Partial<AuditFilters>) => void;
}

export function Filters({ filters, onChange }: Props) {
  return (
    <search className={manage.filters} aria-label="Entries">
      <TextField
        label="From"
        type="datetime-local"
        value={filters.from}
        onChange={(from) => onChange({ from })}
      />
      <TextField
        label="Until"
        type="datetime-local"
        value={filters.until}
        onChange={(until) => onChange({ until })}
      />
      <UserField label="Who" value={filters.who} onChange={(who) => onChange({ who })} />
      <TextField label="Verb" value={filters.verb} onChange={(verb) => onChange({ verb })} />
      <TextField
        label="Resource"
        placeholder="table:iceberg.shop.*"
        title="With a star at its end: all that begins so"
        value={filters.resource}
        onChange={(resource) => onChange({ resource })}
      />
      <SelectField
        label="Outcome"
        value={filters.outcome}
        options={OUTCOMES}
        onChange={(outcome) => onChange({ outcome })}
      />
      <TextField label="Text" type="search" value={filters.q} onChange={(q) => onChange({ q })} />
      <Button variant="default" onClick={() => onChange(NO_FILTERS)}>
        Clear
      </Button>
    </search>
  );
}
