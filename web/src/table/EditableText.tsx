import { Button } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import { Problem } from '../api/problem';
import { Notice } from '../app/Notice';
import kit from '../kit/kit.module.css';
import classes from './table.module.css';

interface Props {
  label: string;
  value: string | null;
  placeholder: string;
  /** For whoever may not change it. */
  fixed?: boolean;
  /** Null when the text was emptied. */
  onSave: (value: string | null) => Promise<void>;
}

/** A text that becomes a field when it is pressed. Enter saves, Shift Enter is a new line, Escape gives up. */
export function EditableText({ label, value, placeholder, fixed = false, onSave }: Props) {
  const [text, setText] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const button = useRef<HTMLButtonElement>(null);

  function close() {
    setText(null);
    setProblem(null);
    // The field is gone; the keyboard goes on where it began.
    setTimeout(() => button.current?.focus());
  }

  async function save() {
    const next = text?.trim() ?? '';
    if (saving) {
      return;
    }
    if (next === (value ?? '')) {
      close();
      return;
    }
    setSaving(true);
    setProblem(null);
    try {
      await onSave(next === '' ? null : next);
      close();
    } catch (failure) {
      setProblem(Problem.from(failure));
    } finally {
      setSaving(false);
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    } else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      void save();
    }
  }

  if (fixed) {
    return value === null || value === '' ? null : <p className={kit.wrap}>{value}</p>;
  }
  if (text === null) {
    return (
      <button
        ref={button}
        type="button"
        className={classes.editable}
        data-empty={value === null || value === '' || undefined}
        aria-label={`${label}: ${value ?? 'none'}. Edit`}
        title="Edit"
        onClick={() => setText(value ?? '')}
      >
        {value === null || value === '' ? placeholder : value}
      </button>
    );
  }
  return (
    <div className={classes.editing}>
      <textarea
        className={kit.input}
        aria-label={label}
        // biome-ignore lint/a11y/noAutofocus: it takes the place of the text that was pressed
        autoFocus
        rows={Math.min(8, Math.max(2, text.split('\n').length))}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {problem !== null && <Notice problem={problem} />}
      <div className={kit.row}>
        <Button size="compact-sm" loading={saving} onClick={() => void save()}>
          Save
        </Button>
        <Button size="compact-sm" variant="default" onClick={close}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
