import { useEffect, useState } from 'react';
import { useNavigate } from '../app/routing';
import { filesOfDrop, holdsFiles } from './droppedFiles';
import classes from './FileDropTarget.module.css';
import { handOver } from './pendingFiles';

/** Takes files that are dropped anywhere, and brings them to the page that loads them. */
export function FileDropTarget() {
  const navigate = useNavigate();
  const [over, setOver] = useState(false);

  useEffect(() => {
    // Every element that is crossed enters and leaves; the pointer is out when all that were entered are left.
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (holdsFiles(event.dataTransfer)) {
        depth++;
        setOver(true);
      }
    };
    const leave = (event: DragEvent) => {
      if (holdsFiles(event.dataTransfer)) {
        depth = Math.max(0, depth - 1);
        setOver(depth > 0);
      }
    };
    const move = (event: DragEvent) => {
      if (holdsFiles(event.dataTransfer)) {
        event.preventDefault();
      }
    };
    const drop = (event: DragEvent) => {
      if (event.dataTransfer === null || !holdsFiles(event.dataTransfer)) {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      depth = 0;
      setOver(false);
      void filesOfDrop(event.dataTransfer).then((files) => {
        if (files.length > 0) {
          handOver(files);
          void navigate({ to: '/load' });
        }
      });
    };
    // Before the editor, which would take a file's text.
    addEventListener('dragenter', enter, true);
    addEventListener('dragleave', leave, true);
    addEventListener('dragover', move, true);
    addEventListener('drop', drop, true);
    return () => {
      removeEventListener('dragenter', enter, true);
      removeEventListener('dragleave', leave, true);
      removeEventListener('dragover', move, true);
      removeEventListener('drop', drop, true);
    };
  }, [navigate]);

  return over ? (
    <div className={classes.over} aria-hidden="true">
      <div className={classes.card}>Drop to load into a table</div>
    </div>
  ) : null;
}
