import { type ReactNode, useEffect } from 'react';
import { Splitter } from './Splitter';
import { useStoredNumber } from './useStoredNumber';
import classes from './Workbench.module.css';

interface Props {
  open: boolean;
  /** On a narrow page it lies over the editor instead of beside it. */
  narrow: boolean;
  onClose: () => void;
  children: ReactNode;
}

export function Sidebar({ open, narrow, onClose, children }: Props) {
  const [width, setWidth] = useStoredNumber('tarn.sidebar_width_px', 280);

  useEffect(() => {
    if (!open || !narrow) {
      return;
    }
    const onKeyDown = (event: KeyboardEvent) => event.key === 'Escape' && onClose();
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [open, narrow, onClose]);

  return (
    <>
      <nav
        id="catalog"
        aria-label="Catalog"
        hidden={!open}
        className={classes.sidebar}
        style={narrow ? undefined : { width }}
      >
        <div className={classes.sidebarContent}>{children}</div>
        {!narrow && (
          <Splitter
            label="Width of the catalog"
            orientation="vertical"
            size={width}
            min={180}
            max={560}
            onResize={setWidth}
          />
        )}
      </nav>
      {open && narrow && (
        // biome-ignore lint/a11y/noStaticElementInteractions: Escape does the same for the keyboard
        // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same for the keyboard
        <div className={classes.backdrop} onClick={onClose} />
      )}
    </>
  );
}
