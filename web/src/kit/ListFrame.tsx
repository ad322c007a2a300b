import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { WhyAnswer } from '../access/WhyAnswer';
import { Problem } from '../api/problem';
import { Notice } from '../app/Notice';
import classes from './kit.module.css';

interface Props {
  /** Of TanStack Query: one that may have further pages. */
  query: {
    error: Error | null;
    isPending: boolean;
    hasNextPage?: boolean;
    isFetchingNextPage?: boolean;
    fetchNextPage?: () => unknown;
  };
  /** Said in place of a list without entries. */
  empty: ReactNode | null;
  more?: string;
  children: ReactNode;
}

/** A list from the server: what went wrong, that it is read, that there is nothing, or its entries and the way to more. */
export function ListFrame({ query, empty, more = 'Show older ones', children }: Props) {
  if (query.error !== null) {
    const problem = Problem.from(query.error);
    return (
      <div className={classes.stack}>
        <Notice problem={problem} />
        {problem.denied !== null && <WhyAnswer {...problem.denied} />}
      </div>
    );
  }
  if (query.isPending) {
    return (
      <p role="status" className={classes.dim}>
        Reading…
      </p>
    );
  }
  return (
    <div className={classes.stack}>
      {empty === null ? children : <p className={classes.empty}>{empty}</p>}
      {query.hasNextPage === true && (
        <div>
          <Button
            variant="default"
            loading={query.isFetchingNextPage ?? false}
            onClick={() => query.fetchNextPage?.()}
          >
            {more}
          </Button>
        </div>
      )}
    </div>
  );
}
