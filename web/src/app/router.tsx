import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
} from '@tanstack/react-router';
import { SessionGate } from '../session/SessionGate';
import { PagesLayout } from './PagesLayout';

const root = createRootRoute({
  component: SessionGate,
  notFoundComponent: () => <Navigate to="/" replace />,
});

const workbench = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('../workbench/Workbench'), 'Workbench'),
});

const saved = createRoute({
  getParentRoute: () => root,
  path: '/s/$id',
  component: lazyRouteComponent(() => import('../workbench/Workbench'), 'Workbench'),
});

const layout = createRoute({ getParentRoute: () => root, id: 'pages', component: PagesLayout });

const load = createRoute({
  getParentRoute: () => layout,
  path: '/load',
  validateSearch: (search: Record<string, unknown>): { table?: string } => {
    const table = text(search.table);
    return table === undefined ? {} : { table };
  },
  component: lazyRouteComponent(() => import('../load/LoadPage'), 'LoadPage'),
});

const table = createRoute({
  getParentRoute: () => layout,
  path: '/tables/$name',
  validateSearch: (search: Record<string, unknown>): { tab?: string; column?: string } => {
    const tab = text(search.tab);
    const column = text(search.column);
    return {
      ...(tab === undefined ? {} : { tab }),
      ...(column === undefined ? {} : { column }),
    };
  },
  component: lazyRouteComponent(() => import('../table/TablePage'), 'TablePage'),
});

const keys = createRoute({
  getParentRoute: () => layout,
  path: '/keys',
  component: lazyRouteComponent(() => import('../keys/KeysPage'), 'KeysPage'),
});

const account = createRoute({
  getParentRoute: () => layout,
  path: '/account',
  component: lazyRouteComponent(() => import('../account/AccountPage'), 'AccountPage'),
});

const activity = createRoute({
  getParentRoute: () => layout,
  path: '/activity',
  validateSearch: (search: Record<string, unknown>): { view?: 'loads' | 'statements' } =>
    search.view === 'statements' || search.view === 'loads' ? { view: search.view } : {},
  component: lazyRouteComponent(() => import('../activity/ActivityPage'), 'ActivityPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    workbench,
    saved,
    layout.addChildren([load, table, keys, account, activity]),
  ]),
});

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
