import { ActivityIcon, EditorIcon, KeyIcon, LoadIcon } from './icons';
import classes from './Navigation.module.css';
import { Link } from './routing';

const PAGES = [
  { to: '/', label: 'SQL', Icon: EditorIcon },
  { to: '/load', label: 'Load', Icon: LoadIcon },
  { to: '/activity', label: 'Activity', Icon: ActivityIcon },
  { to: '/keys', label: 'Keys', Icon: KeyIcon },
] as const;

export function Navigation() {
  return (
    <nav className={classes.navigation} aria-label="Pages">
      {PAGES.map(({ to, label, Icon }) => (
        <Link key={to} to={to} className={classes.page} aria-label={label} title={label}>
          <Icon />
          <span className={classes.label}>{label}</span>
        </Link>
      ))}
    </nav>
  );
}
