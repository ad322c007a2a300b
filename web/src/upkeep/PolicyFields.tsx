import { SelectField, TextField } from '../kit/Field';
import type { Setting } from './policyForm';
import classes from './upkeep.module.css';

interface Props {
  settings: Setting[];
  texts: Record<string, string>;
  onChange: (texts: Record<string, string>) => void;
}

/** A field for every setting; one that is empty is as a wider place has it. */
export function PolicyFields({ settings, texts, onChange }: Props) {
  return (
    <div className={classes.settings}>
      {settings.map((setting) => (
        <SettingField
          key={setting.name}
          setting={setting}
          text={texts[setting.name] ?? ''}
          onChange={(text) => onChange({ ...texts, [setting.name]: text })}
        />
      ))}
    </div>
  );
}

interface FieldProps {
  setting: Setting;
  text: string;
  onChange: (text: string) => void;
}

function SettingField({ setting, text, onChange }: FieldProps) {
  const { label, description, kind, said, holds } = setting;
  const hint = `${description}. ${provenance(setting)}`;
  if (kind === 'flag') {
    return (
      <SelectField
        label={label}
        hint={hint}
        value={text}
        options={[
          ['', said === '' ? `not said here: ${holds}` : 'not said here'],
          ['true', 'yes'],
          ['false', 'no'],
        ]}
        onChange={onChange}
      />
    );
  }
  return (
    <TextField
      label={label}
      hint={hint}
      placeholder={said === '' ? holds : 'not said here'}
      value={text}
      onChange={onChange}
    />
  );
}

/** Where what is true comes from. */
export function provenance({ said, holds }: Setting): string {
  return said === '' ? `Now ${holds}, from a wider place.` : `Now ${holds}, said here.`;
}
