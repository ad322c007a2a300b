import type { ReactNode } from 'react';
import { Link } from '../app/routing';
import { Page } from '../kit/Page';
import classes from './manage.module.css';
import { usePlaces } from './places';

interface Props {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** One of the pages behind "Manage", with the way to the others. */
export function ManagePage(props: Props) {
  const places = usePlaces();
  return (
    <Page
      {...props}
      above={
        <nav className={classes.places} aria-label="Manage">
          {places.map(({ to, label }) => (
            <Link key={to} to={to} className={classes.place}>
              {label}
            </Link>
          ))}
        </nav>
      }
    />
  );
}
