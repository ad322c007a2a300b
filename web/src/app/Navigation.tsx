import { PLACES, useFirstPlace } from '../manage/places';
import { ActivityIcon, EditorIcon, HealthIcon, KeyIcon, LoadIcon, ManageIcon } from './icons';
import classes from './Navigation.module.css';
import { Link, usePlace } from './routing';

const PAGES = [
  { to: '/', label: 'SQL', Icon: EditorIcon },
  { to: '/load', label: 'Load', Icon: LoadIcon },
  { to: '/health', label: 'Health', Icon: HealthIcon },
  { to: '/activity', label: 'Activity', Icon: ActivityIcon },
  { to: '/keys', label: 'Keys', Icon: KeyIcon },
] as const;

export function Navigation() {
  const first = useFirstPlace();
  const { pathname } = usePlace();
  const managing = PLACES.some(({ to }) => to === pathname);
  return (
    <nav className={classes.navigation} aria-label="Pages">
      {PAGES.map(({ to, label, Icon }) => (
        <Link key={to} to={to} className={classes.page} aria-label={label} title={label}>
          <Icon />
          <span className={classes.label}>{label}</span>
        </Link>
      ))}
      <Link
        to={first}
        className={classes.page}
        aria-label="Manage"
        title="Manage: users, grants, audit, usage"
        aria-current={managing ? 'page' : undefined}
      >
        <ManageIcon />
        <span className={classes.label}>Manage</span>
      </Link>
    </nav>
  );
}
