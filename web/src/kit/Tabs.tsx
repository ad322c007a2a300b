import { type KeyboardEvent, type ReactNode, useId } from 'react';
import classes from './kit.module.css';

export interface Tab {
  id: string;
  label: string;
}

interface Props {
  label: string;
  tabs: Tab[];
  active: string;
  onChange: (id: string) => void;
  children: ReactNode;
}

/** After the ARIA practices for tabs: arrows move and open, Tab goes into the panel. */
export function Tabs({ label, tabs, active, onChange, children }: Props) {
  const prefix = useId();

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const to = nextTab(
      tabs.map(({ id }) => id),
      active,
      event.key,
    );
    if (to !== null) {
      event.preventDefault();
      onChange(to);
      document.getElementById(`${prefix}${to}`)?.focus();
    }
  }

  return (
    <>
      <div role="tablist" aria-label={label} className={classes.tabs} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            id={`${prefix}${tab.id}`}
            type="button"
            role="tab"
            aria-selected={tab.id === active}
            aria-controls={tab.id === active ? `${prefix}panel` : undefined}
            tabIndex={tab.id === active ? 0 : -1}
            className={classes.tab}
            onClick={() => onChange(tab.id)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${prefix}panel`} aria-labelledby={`${prefix}${active}`}>
        {children}
      </div>
    </>
  );
}

export function nextTab(ids: string[], active: string, key: string): string | null {
  const at = ids.indexOf(active);
  switch (key) {
    case 'ArrowRight':
      return ids[(at + 1) % ids.length] ?? null;
    case 'ArrowLeft':
      return ids[(at - 1 + ids.length) % ids.length] ?? null;
    case 'Home':
      return ids[0] ?? null;
    case 'End':
      return ids.at(-1) ?? null;
    default:
      return null;
  }
}
