import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import classes from './Dialog.module.css';

interface Props {
  opened: boolean;
  title: string;
  wide?: boolean;
  /** Near the upper edge, for what grows while it is open. */
  top?: boolean;
  /** At the right edge, as high as the window, for the details of what a list shows. */
  side?: boolean;
  /** Without it the dialog can only be answered, not closed. */
  onClose?: () => void;
  children: ReactNode;
}

/** The browser's own modal dialog: it keeps the focus inside, and gives it back where it was. */
export function Dialog(props: Props) {
  const { opened, title, wide = false, top = false, side = false, onClose, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useLayoutEffect(() => {
    const element = dialog.current;
    if (!opened || element === null) {
      return;
    }
    element.showModal();
    element.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    return () => element.close();
  }, [opened]);

  // The browser closes a dialog at the second Escape whatever `cancel` says.
  function reopen() {
    if (opened && dialog.current?.open === false) {
      dialog.current.showModal();
    }
  }

  return (
    <dialog
      ref={dialog}
      className={classes.dialog}
      data-wide={wide || undefined}
      data-top={top || undefined}
      data-side={side || undefined}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      onClose={onClose ?? reopen}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') {
          event.preventDefault();
          onClose?.();
        }
      }}
    >
      {opened && (
        <>
          <div className={classes.header}>
            <h2 id={titleId} className={classes.title}>
              {title}
            </h2>
            {onClose !== undefined && (
              <button
                type="button"
                className={classes.close}
                aria-label="Close"
                title="Close (Esc)"
                onClick={onClose}
              >
                ×
              </button>
            )}
          </div>
          {children}
        </>
      )}
    </dialog>
  );
}
