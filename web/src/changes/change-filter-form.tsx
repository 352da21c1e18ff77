import { Text } from '../language/language';
import { say } from '../language/say';
import { setQuery } from '../routing/router';
import { CHANGE_TYPES } from '../terms/changes';
import { ENTITY_TYPES } from '../terms/entities';
import { FILTER_NAMES, FilterName, FilterTexts } from './change-filter';
import { useDepartments, yearsOf } from './departments';
import './change-filter.css';

interface Props {
  readonly texts: FilterTexts;
  /** The parts that the person may choose. */
  readonly names?: readonly FilterName[];
  /** Whether the list has pages: with another filter it begins at the first one. */
  readonly isPaged?: boolean;
}

/** Chooses which changes are shown. The choice is in the address, so a link has it. */
export function ChangeFilterForm({ texts, names = FILTER_NAMES, isPaged = false }: Props) {
  const departments = useDepartments().data?.nodes ?? [];
  const set = (name: FilterName, value: string): void => {
    setQuery({ [name]: value === '' ? undefined : value, ...(isPaged && { after: undefined }) });
  };
  const choice = (name: FilterName, options: readonly (readonly [value: string, text: string])[]) =>
    names.includes(name) && (
      <label class="choice">
        {say(NAMES[name])}
        <select
          value={texts[name] ?? ''}
          onChange={({ currentTarget }) => {
            set(name, currentTarget.value);
          }}
        >
          <option value="">{say(TEXTS.all)}</option>
          {options.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      </label>
    );
  const inOptions = (options: Readonly<Record<string, Text>>) =>
    Object.entries(options).map(([value, text]) => [value, say(text)] as const);
  const typed = (name: 'actor' | 'late') => (
    <label class="choice">
      {say(NAMES[name])}
      <input
        inputMode={name === 'late' ? 'numeric' : 'text'}
        value={texts[name] ?? ''}
        onChange={({ currentTarget }) => {
          set(name, currentTarget.value.trim());
        }}
      />
    </label>
  );
  return (
    <form
      class="filter"
      aria-label={say(TEXTS.filter)}
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      {choice(
        'department',
        departments.map(({ code, name }) => [code, name] as const),
      )}
      {choice(
        'year',
        yearsOf(departments).map((year) => [String(year), String(year)] as const),
      )}
      {choice('kind', inOptions(ENTITY_TYPES))}
      {choice('type', inOptions(CHANGE_TYPES))}
      {names.includes('actor') && typed('actor')}
      {names.includes('late') && typed('late')}
      {names.includes('corrections') && (
        <label class="choice">
          <input
            type="checkbox"
            checked={texts.corrections !== undefined}
            onChange={({ currentTarget }) => {
              set('corrections', currentTarget.checked ? 'yes' : '');
            }}
          />
          {say(NAMES.corrections)}
        </label>
      )}
    </form>
  );
}

const NAMES: Readonly<Record<FilterName, Text>> = {
  department: { zh: '部门', en: 'Department' },
  year: { zh: '年度', en: 'Year' },
  kind: { zh: '对象', en: 'What of' },
  type: { zh: '变更', en: 'Change' },
  actor: { zh: '经办人账号', en: 'Account' },
  corrections: { zh: '仅更正与冲销', en: 'Only corrections' },
  late: { zh: '迟记天数 ≥', en: 'Days late ≥' },
};
const TEXTS = { all: { zh: '全部', en: 'All' }, filter: { zh: '筛选', en: 'Filter' } };
