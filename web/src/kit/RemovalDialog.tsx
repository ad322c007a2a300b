import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ConfirmDialog } from './ConfirmDialog';

interface Props<T> {
  /** Null while nothing is to be removed. */
  doomed: T | null;
  title: (doomed: T) => string;
  action: string;
  remove: (doomed: T) => Promise<void>;
  /** The lists that are read anew afterwards. */
  listed: QueryKey;
  onClose: () => void;
  /** What follows from it. */
  children: (doomed: T) => ReactNode;
}

/** Asks before something is taken out of a list for good. */
export function RemovalDialog<T>(props: Props<T>) {
  const { doomed, title, action, remove, listed, onClose, children } = props;
  const queryClient = useQueryClient();
  return doomed === null ? null : (
    <ConfirmDialog
      opened
      title={title(doomed)}
      action={action}
      onConfirm={async () => {
        await remove(doomed);
        await queryClient.invalidateQueries({ queryKey: listed });
        onClose();
      }}
      onClose={onClose}
    >
      {children(doomed)}
    </ConfirmDialog>
  );
}
