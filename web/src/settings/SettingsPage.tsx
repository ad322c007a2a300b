import { ManagePage } from '../manage/ManagePage';
import { May } from '../manage/May';
import { ProvidersCard } from './ProvidersCard';
import { SecretsCard } from './SecretsCard';
import { ServerCard } from './ServerCard';
import { WorkspacesCard } from './WorkspacesCard';

/** What holds for the whole tenant. */
export function SettingsPage() {
  return (
    <ManagePage title="Settings" lead="What holds for everybody of the tenant.">
      <WorkspacesCard />
      <ProvidersCard />
      <SecretsCard />
      <May verb="manage" on="statement:*">
        <ServerCard />
      </May>
    </ManagePage>
  );
}
