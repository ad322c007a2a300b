import { useSearch } from '../app/routing';
import { ManagePage } from '../manage/ManagePage';
import { ResourceField } from './ResourceField';
import { VERBS } from './verbs';
import { WhyForm } from './WhyForm';

/** Why somebody may or may not, and who can grant it; refusals lead here. */
export function WhyPage() {
  const { verb, on, user } = useSearch();
  const start = {
    user: user ?? '',
    verb: VERBS.some(([known]) => known === verb) ? (verb ?? 'select') : 'select',
    on: on ?? 'table:',
  };
  return (
    <ManagePage
      title="Why?"
      lead="Why somebody may do something or may not, and who can grant it. Everybody may ask about themselves."
    >
      <WhyForm
        key={JSON.stringify(start)}
        start={start}
        asked={on !== undefined}
        resource={(value, onChange) => <ResourceField value={value} onChange={onChange} />}
      />
    </ManagePage>
  );
}
