import { Link, Outlet } from '@tanstack/react-router';
import { SearchButton } from '../search/SearchButton';
import { ColorSchemeToggle } from './ColorSchemeToggle';

export function PagesLayout() {
  return (
    <div style={{ display: 'flex', flexDirection: 'column', height: '100dvh' }}>
      <header style={{ display: 'flex', gap: 8, padding: 8 }}>
        <Link to="/">SQL</Link>
        <SearchButton />
        <ColorSchemeToggle />
      </header>
      <Outlet />
    </div>
  );
}
