import { Button } from '@mantine/core';
import { type FocusEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import classes from './Menu.module.css';

export interface MenuItem {
  label: string;
  hint?: string;
  /** Of an item that is on or off; choosing it leaves the menu open. */
  checked?: boolean;
  disabled?: boolean;
  onSelect: () => void;
}

interface Props {
  label: string;
  /** What the button shows in place of its label. */
  short?: string;
  items: MenuItem[];
  disabled?: boolean;
}

/** A button with a menu, after the ARIA practices: arrows walk, Enter chooses, Escape goes back to the button. */
export function Menu({ label, short, items, disabled = false }: Props) {
  const [open, setOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  useEffect(() => {
    if (open) {
      menu.current?.querySelector<HTMLElement>('[role^=menuitem]')?.focus();
    }
  }, [open]);

  function close() {
    setOpen(false);
    button.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const entries = [...event.currentTarget.querySelectorAll<HTMLElement>('[role^=menuitem]')];
    const at = entries.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      entries[(to + entries.length) % entries.length]?.focus();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  }

  function onBlur(event: FocusEvent<HTMLElement>) {
    if (!event.currentTarget.contains(event.relatedTarget)) {
      setOpen(false);
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only sees the focus leave
    <span className={classes.place} onBlur={onBlur}>
      <Button
        ref={button}
        size="compact-sm"
        variant="default"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        disabled={disabled}
        {...(short === undefined ? {} : { 'aria-label': label })}
        className={classes.button}
        onClick={() => setOpen((before) => !before)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') {
            event.preventDefault();
            setOpen(true);
          }
        }}
      >
        {short ?? `${label} ▾`}
      </Button>
      {open && (
        <div
          ref={menu}
          id={id}
          role="menu"
          tabIndex={-1}
          aria-label={label}
          className={classes.menu}
          onKeyDown={onKeyDown}
        >
          {items.map((item) => (
            // biome-ignore lint/a11y/useAriaPropsSupportedByRole: of a menuitemcheckbox alone
            <button
              key={item.label}
              type="button"
              role={item.checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
              aria-checked={item.checked}
              aria-disabled={item.disabled ?? false}
              tabIndex={-1}
              className={classes.item}
              onClick={() => {
                if (item.disabled === true) {
                  return;
                }
                if (item.checked === undefined) {
                  close();
                }
                item.onSelect();
              }}
            >
              <span>
                {item.checked !== undefined && (item.checked ? '✓ ' : '\u2003')}
                {item.label}
              </span>
              {item.hint !== undefined && <span className={classes.hint}>{item.hint}</span>}
            </button>
          ))}
        </div>
      )}
    </span>
  );
}
