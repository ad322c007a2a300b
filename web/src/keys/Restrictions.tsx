import { Button } from '@mantine/core';
import { useState } from 'react';
import { ResourceField } from '../access/ResourceField';
import { Choices } from '../kit/Choices';
import kit from '../kit/kit.module.css';
import manage from '../manage/manage.module.css';

const KINDS = ['namespace', 'table', 'dataset', 'agent', 'pipeline', 'model'];
const FIRST = 'namespace:';

interface Props {
  /** Null: the key reaches whatever its user reaches. */
  value: string[] | null;
  onChange: (restrictions: string[] | null) => void;
}

/** The things that a key reaches at most. */
export function Restrictions({ value, onChange }: Props) {
  const [resource, setResource] = useState(FIRST);
  const name = resource.slice(resource.indexOf(':') + 1).trim();

  function add() {
    if (value !== null && name !== '') {
      onChange([...value.filter((one) => one !== resource), resource]);
      setResource(FIRST);
    }
  }

  return (
    <>
      <Choices
        legend="Reaches"
        value={value === null ? 'all' : 'some'}
        choices={[
          { value: 'all', label: 'Whatever its user reaches' },
          {
            value: 'some',
            label: 'Only these, in every API; never users, roles, grants, settings',
          },
        ]}
        onChange={(choice) => onChange(choice === 'all' ? null : [])}
      />
      {value !== null && (
        <div className={kit.stack}>
          <ul className={manage.chips} aria-label="What the key reaches">
            {value.map((one) => (
              <li key={one} className={kit.badge}>
                {one}{' '}
                <button
                  type="button"
                  className={kit.linkButton}
                  aria-label={`Remove ${one}`}
                  onClick={() => onChange(value.filter((other) => other !== one))}
                >
                  ×
                </button>
              </li>
            ))}
          </ul>
          <ResourceField
            value={resource}
            kinds={KINDS}
            required={value.length === 0}
            onChange={setResource}
          />
          <div>
            <Button variant="default" size="compact-sm" disabled={name === ''} onClick={add}>
              Add to what it reaches
            </Button>
          </div>
        </div>
      )}
    </>
  );
}
