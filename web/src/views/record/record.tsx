import { QUALIFIER_CHOICES } from '../../entering/forms/observation-fields';
import { EXPENDITURE } from '../../entering/forms/expenditure';
import { OBSERVATION } from '../../entering/forms/observation';
import { PROGRESS } from '../../entering/forms/progress';
import { REFUND } from '../../entering/forms/refund';
import { Text } from '../../language/language';
import { say } from '../../language/say';
import { Empty } from '../../layout/asked';
import { useSubject } from '../../layout/subject';
import { isNow } from '../../moment/moment';
import { Link } from '../../routing/link';
import { hrefOf, moment, place } from '../../routing/router';
import { mayPerform } from '../../session/viewer';
import { Correction } from './correction';
import { BudgetFactForm, IndicatorForm, TaskForm } from './forms';
import { ImportFile } from './import/import-file';
import { RECORD_TEXTS as TEXTS } from './texts';
import '../../layout/tabs.css';
import './record.css';

interface Tab {
  readonly name: string;
  readonly title: Text;
  /** The mutations that it is for: one of them is enough. */
  readonly commands: readonly string[];
  readonly Form: () => preact.JSX.Element | null;
}

const qualifiers = () => Object.entries(QUALIFIER_CHOICES).map(([value, text]) => ({ value, text: say(text) }));

const TABS: readonly Tab[] = [
  {
    name: 'expenditure',
    title: EXPENDITURE.title,
    commands: [EXPENDITURE.command],
    Form: () => <BudgetFactForm form={EXPENDITURE} />,
  },
  { name: 'refund', title: REFUND.title, commands: [REFUND.command], Form: () => <BudgetFactForm form={REFUND} /> },
  { name: 'progress', title: PROGRESS.title, commands: [PROGRESS.command], Form: () => <TaskForm form={PROGRESS} /> },
  {
    name: 'observation',
    title: OBSERVATION.title,
    commands: [OBSERVATION.command],
    Form: () => <IndicatorForm form={OBSERVATION} qualifiers={qualifiers()} />,
  },
  {
    name: 'correction',
    title: TEXTS.correction,
    commands: ['correctBudgetFact', 'correctObservation'],
    Form: Correction,
  },
  {
    name: 'import',
    title: TEXTS.import,
    commands: ['approveBudget', 'recordExpenditure', 'recordExpenditures', 'recordObservation', 'defineIndicator'],
    Form: ImportFile,
  },
];

/** The forms that the person may use. In the past there are none. */
export default function Record() {
  const tabs = TABS.filter(({ commands }) => commands.some(mayPerform));
  const shown = tabs.find(({ name }) => name === place.value.parts[0]) ?? tabs[0];
  useSubject(shown && say(shown.title));
  if (!isNow(moment.value)) return <Page>{<Empty>{say(TEXTS.past)}</Empty>}</Page>;
  if (shown === undefined) return <Page>{<Empty>{say(TEXTS.notAllowed)}</Empty>}</Page>;
  const { Form } = shown;
  return (
    <Page>
      <nav class="tabs" aria-label={say(TEXTS.forms)}>
        {tabs.map(({ name, title }) => (
          <Link key={name} href={hrefOf('record', [name])} aria-current={name === shown.name ? 'page' : undefined}>
            {say(title)}
          </Link>
        ))}
      </nav>
      <Form key={shown.name} />
    </Page>
  );
}

const Page = ({ children }: { readonly children: preact.ComponentChildren }) => (
  <>
    <h1>{say(TEXTS.title)}</h1>
    {children}
  </>
);
