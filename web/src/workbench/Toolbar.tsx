import { Button } from '@mantine/core';
import { PlayIcon, StopIcon } from '../app/icons';
import classes from './Workbench.module.css';

const RUN_KEYS = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘ Enter' : 'Ctrl Enter';

interface Props {
  running: boolean;
  blank: boolean;
  onRun: () => void;
  onCancel: () => void;
}

/** Run stays focusable while it cannot be pressed, so that the keyboard does not lose its place. */
export function Toolbar({ running, blank, onRun, onCancel }: Props) {
  const disabled = running || blank;
  return (
    <div className={classes.toolbar}>
      <Button
        size="compact-sm"
        leftSection={<PlayIcon size={12} />}
        aria-disabled={disabled}
        {...(disabled ? { 'data-disabled': true } : {})}
        aria-keyshortcuts="Control+Enter Meta+Enter"
        title={`Run (${RUN_KEYS})`}
        onClick={() => {
          if (!disabled) {
            onRun();
          }
        }}
      >
        Run
      </Button>
      {running && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<StopIcon size={12} />}
          onClick={onCancel}
        >
          Cancel
        </Button>
      )}
      <span className={classes.shortcut}>{RUN_KEYS} runs the selection, or everything</span>
    </div>
  );
}
