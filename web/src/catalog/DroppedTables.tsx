import { lazy, Suspense, useState } from 'react';
import { Dialog } from '../app/Dialog';
import classes from './CatalogTree.module.css';

const DroppedList = lazy(() =>
  import('./DroppedList').then((list) => ({ default: list.DroppedList })),
);

/** The way to the tables that can be brought back. */
export function DroppedTables() {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <button type="button" className={classes.dropped} onClick={() => setOpened(true)}>
        Dropped tables…
      </button>
      <Dialog opened={opened} title="Dropped tables" wide onClose={() => setOpened(false)}>
        <Suspense>
          <DroppedList />
        </Suspense>
      </Dialog>
    </>
  );
}
