import { Button } from '@mantine/core';
import { PlayIcon, StopIcon } from '../app/icons';
import { Menu } from '../kit/Menu';
import classes from './Workbench.module.css';

const RUN_KEYS = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘ Enter' : 'Ctrl Enter';

interface Props {
  running: boolean;
  blank: boolean;
  onRun: () => void;
  onCancel: () => void;
  onBackground: () => void;
  onFormat: () => void;
  onExplain: () => void;
  onSave: () => void;
  onSaveAs: () => void;
  onShortcuts: () => void;
  /** What became of saving. */
  said: string;
}

/** Run stays focusable while it cannot be pressed, so that the keyboard does not lose its place. */
export function Toolbar(props: Props) {
  const { running, blank, onRun, onCancel } = props;
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
      <Button size="compact-sm" variant="default" title="Save (Ctrl S)" onClick={props.onSave}>
        Save
      </Button>
      <Menu
        label="More"
        items={[
          { label: 'Run in background', onSelect: props.onBackground },
          { label: 'Format', hint: 'Shift Alt F', onSelect: props.onFormat },
          { label: 'Explain', hint: 'Alt E', onSelect: props.onExplain },
          { label: 'Save as…', onSelect: props.onSaveAs },
          { label: 'Keyboard', hint: 'Alt K', onSelect: props.onShortcuts },
        ]}
      />
      <span role="status" className={classes.said}>
        {props.said}
      </span>
      <span className={classes.shortcut}>{RUN_KEYS} runs the selection, or everything</span>
    </div>
  );
}
