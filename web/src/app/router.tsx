import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
} from '@tanstack/react-router';
import { SessionGate } from '../session/SessionGate';

const root = createRootRoute({
  component: SessionGate,
  notFoundComponent: () => <Navigate to="/" replace />,
});

const workbench = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('../workbench/Workbench'), 'Workbench'),
});

export const router = createRouter({ routeTree: root.addChildren([workbench]) });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
