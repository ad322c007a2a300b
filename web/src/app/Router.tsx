import { type ComponentType, lazy, Suspense, startTransition, useEffect, useState } from 'react';
import { SessionGate } from '../session/SessionGate';
import { matchPath, type Path } from './location';
import { navigation } from './navigation';
import { PagesLayout } from './PagesLayout';
import { RouteContext } from './routing';

const Workbench = lazy(() =>
  import('../workbench/Workbench').then(({ Workbench }) => ({ default: Workbench })),
);
const LoadPage = lazy(() =>
  import('../load/LoadPage').then((page) => ({ default: page.LoadPage })),
);
const AdoptPage = lazy(() =>
  import('../adopt/AdoptPage').then((page) => ({ default: page.AdoptPage })),
);
const TablePage = lazy(() =>
  import('../table/TablePage').then((page) => ({ default: page.TablePage })),
);
const HealthPage = lazy(() =>
  import('../upkeep/HealthPage').then((page) => ({ default: page.HealthPage })),
);
const KeysPage = lazy(() =>
  import('../keys/KeysPage').then((page) => ({ default: page.KeysPage })),
);
const AccountPage = lazy(() =>
  import('../account/AccountPage').then((page) => ({ default: page.AccountPage })),
);
const ActivityPage = lazy(() =>
  import('../activity/ActivityPage').then((page) => ({ default: page.ActivityPage })),
);
const UsersPage = lazy(() =>
  import('../users/UsersPage').then((page) => ({ default: page.UsersPage })),
);
const RolesPage = lazy(() =>
  import('../roles/RolesPage').then((page) => ({ default: page.RolesPage })),
);
const GrantsPage = lazy(() =>
  import('../access/GrantsPage').then((page) => ({ default: page.GrantsPage })),
);
const WhyPage = lazy(() => import('../access/WhyPage').then((page) => ({ default: page.WhyPage })));
const AuditPage = lazy(() =>
  import('../audit/AuditPage').then((page) => ({ default: page.AuditPage })),
);
const UsagePage = lazy(() =>
  import('../usage/UsagePage').then((page) => ({ default: page.UsagePage })),
);
const TenantsPage = lazy(() =>
  import('../tenants/TenantsPage').then((page) => ({ default: page.TenantsPage })),
);
const SettingsPage = lazy(() =>
  import('../settings/SettingsPage').then((page) => ({ default: page.SettingsPage })),
);

const ROUTES: { path: Path; Page: ComponentType; framed: boolean }[] = [
  { path: '/', Page: Workbench, framed: false },
  { path: '/s/$id', Page: Workbench, framed: false },
  { path: '/load', Page: LoadPage, framed: true },
  { path: '/adopt', Page: AdoptPage, framed: true },
  { path: '/tables/$name', Page: TablePage, framed: true },
  { path: '/health', Page: HealthPage, framed: true },
  { path: '/keys', Page: KeysPage, framed: true },
  { path: '/account', Page: AccountPage, framed: true },
  { path: '/activity', Page: ActivityPage, framed: true },
  { path: '/users', Page: UsersPage, framed: true },
  { path: '/roles', Page: RolesPage, framed: true },
  { path: '/grants', Page: GrantsPage, framed: true },
  { path: '/access', Page: WhyPage, framed: true },
  { path: '/audit', Page: AuditPage, framed: true },
  { path: '/usage', Page: UsagePage, framed: true },
  { path: '/tenants', Page: TenantsPage, framed: true },
  { path: '/settings', Page: SettingsPage, framed: true },
];

/** The page of the address; the one before stays until its code is there. An unknown address leads to the editor. */
export function Router() {
  const [place, setPlace] = useState(navigation.current);
  useEffect(() => {
    const follow = () => startTransition(() => setPlace(navigation.current()));
    follow();
    return navigation.subscribe(follow);
  }, []);
  const route = ROUTES.map((one) => ({ ...one, params: matchPath(one.path, place.pathname) })).find(
    ({ params }) => params !== null,
  );
  useEffect(() => {
    if (route === undefined) {
      void navigation.go({ to: '/', replace: true });
    }
  });
  if (route === undefined) {
    return null;
  }
  const { Page, framed } = route;
  return (
    <RouteContext value={{ place, params: route.params ?? {} }}>
      <SessionGate>
        <Suspense>{framed ? <PagesLayout page={<Page />} /> : <Page />}</Suspense>
      </SessionGate>
    </RouteContext>
  );
}
