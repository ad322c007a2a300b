import { useRoles } from '../access/people';
import kit from '../kit/kit.module.css';
import manage from '../manage/manage.module.css';

interface Props {
  legend?: string;
  value: string[];
  onChange: (roles: string[]) => void;
}

export function RolesPicker({ legend = 'Roles', value, onChange }: Props) {
  const roles = useRoles();
  const names = [...new Set([...roles.map(({ name }) => name), ...value])];
  return (
    <fieldset className={manage.checks}>
      <legend>{legend}</legend>
      {names.map((name) => (
        <label key={name} className={kit.choice} title={description(name)}>
          <input
            type="checkbox"
            checked={value.includes(name)}
            onChange={(event) =>
              onChange(
                names.filter((one) => (one === name ? event.target.checked : value.includes(one))),
              )
            }
          />
          <span className={kit.wrap}>{name}</span>
        </label>
      ))}
    </fieldset>
  );

  function description(name: string): string | undefined {
    return roles.find((role) => role.name === name)?.description;
  }
}
