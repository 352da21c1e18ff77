import { useDepartments } from '../../changes/departments';
import { Text } from '../../language/language';
import { say } from '../../language/say';
import { setQuery } from '../../routing/router';
import { READS_TEXTS as TEXTS } from './texts';
import '../../changes/change-filter.css';

/** Whose reads of which department, and when. The choice is in the address. */
export function ReadsFilter({ query }: { readonly query: Readonly<Record<string, string>> }) {
  const departments = useDepartments().data?.nodes ?? [];
  const set = (name: string, value: string): void => {
    setQuery({ [name]: value.trim() === '' ? undefined : value.trim(), after: undefined });
  };
  const input = (name: 'person' | 'from' | 'to', title: Text, type: 'text' | 'date') => {
    const attributes = {
      value: query[name] ?? '',
      onChange: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) => {
        set(name, currentTarget.value);
      },
    };
    return (
      <label class="choice">
        {say(title)}
        {type === 'date' ? <input type="date" {...attributes} /> : <input {...attributes} />}
      </label>
    );
  };
  return (
    <form
      class="filter"
      aria-label={say(TEXTS.filter)}
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <label class="choice">
        {say(TEXTS.department)}
        <select
          value={query.department ?? ''}
          onChange={({ currentTarget }) => {
            set('department', currentTarget.value);
          }}
        >
          <option value="">{say(TEXTS.all)}</option>
          {departments.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {input('person', TEXTS.person, 'text')}
      {input('from', TEXTS.from, 'date')}
      {input('to', TEXTS.to, 'date')}
    </form>
  );
}
