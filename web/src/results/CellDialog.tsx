import { Dialog } from '../app/Dialog';
import { formatCell, nestedText } from './cell';
import classes from './ResultGrid.module.css';

interface Props {
  opened: boolean;
  title: string;
  value: unknown;
  type: string;
  marker: string | null;
  onClose: () => void;
}

/** One value whole, nested ones indented. */
export function CellDialog({ opened, title, value, type, marker, onClose }: Props) {
  const cell = formatCell(value, type, marker);
  const text = cell.kind === 'nested' ? nestedText(value, marker, 2) : cell.text;
  return (
    <Dialog opened={opened} onClose={onClose} title={`${title} · ${type}`} wide>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long value scrolls by keyboard */}
      <pre className={classes.whole} tabIndex={0}>
        {text}
      </pre>
    </Dialog>
  );
}
