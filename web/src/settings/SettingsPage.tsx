import { ManagePage } from '../manage/ManagePage';
import { ProvidersCard } from './ProvidersCard';
import { SecretsCard } from './SecretsCard';
import { WorkspacesCard } from './WorkspacesCard';

/** What holds for the whole tenant. */
export function SettingsPage() {
  return (
    <ManagePage title="Settings" lead="What holds for everybody of the tenant.">
      <WorkspacesCard />
      <ProvidersCard />
      <SecretsCard />
    </ManagePage>
  );
}
