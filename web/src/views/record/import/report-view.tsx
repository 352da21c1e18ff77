import { say } from '../../../language/say';
import { Column, Table } from '../../../table/table';
import { CellAnswer, ImportedFact, ImportReport, inOrderOfConcern } from './report';
import { IMPORT_TEXTS as TEXTS, RESULT_TEXTS, STATUS_TEXTS } from './texts';

/** What has become of a file: each action, and an answer for each cell. */
export function ReportView({ report }: { readonly report: ImportReport }) {
  const { status, problem, file, facts, cells } = report;
  const isBad = status === 'REFUSED' || status === 'INCOMPLETE';
  const columns: readonly Column<CellAnswer>[] = [
    {
      name: 'cell',
      title: say(TEXTS.cell),
      cell: ({ sheet, cell }) => `${sheet}!${cell}`,
      csv: { title: say(TEXTS.cell), cell: ({ sheet, cell }) => `${sheet}!${cell}` },
    },
    {
      name: 'text',
      title: say(TEXTS.text),
      cell: ({ text }) => text,
      csv: { title: say(TEXTS.text), cell: ({ text }) => text },
    },
    {
      name: 'answer',
      title: say(TEXTS.answer),
      cell: (cell) => <span class={markOf(cell)}>{answerTo(cell)}</span>,
      csv: { title: say(TEXTS.answer), cell: answerTo },
    },
  ];
  return (
    <section class={isBad ? 'import-report is-bad' : 'import-report'}>
      <p role="status">
        <strong>{say(STATUS_TEXTS[status])}</strong>
        {problem !== undefined && <> — {problem}</>}
      </p>
      <p class="quiet">
        {[file.name, report.form, report.department, report.fiscalYear]
          .filter((part) => part !== undefined)
          .join(' · ')}
        <br />
        SHA-256 <code>{file.sha256}</code>
      </p>
      {facts.length > 0 && (
        <Table
          caption={`${say(TEXTS.facts)} (${facts.length})`}
          columns={factColumns()}
          rows={facts}
          keyOf={({ action, says, cells }) => [action, says, ...cells].join(' ')}
          order={{ column: '', isDescending: false }}
          fileName="import-facts"
        />
      )}
      {cells.length > 0 && (
        <Table
          caption={`${say(TEXTS.cells)} (${cells.length})`}
          columns={columns}
          rows={inOrderOfConcern(cells)}
          keyOf={({ sheet, cell }) => `${sheet}!${cell}`}
          order={{ column: '', isDescending: false }}
          fileName="import-cells"
        />
      )}
    </section>
  );
}

const answerTo = ({ becomes, reason, warning }: CellAnswer): string =>
  [becomes ?? reason, warning].filter((part) => part !== undefined).join('；');

function markOf({ isRefused, warning }: CellAnswer): string | undefined {
  if (isRefused === true) return 'is-refused';
  return warning === undefined ? undefined : 'is-warned';
}

const factColumns = (): readonly Column<ImportedFact>[] => [
  {
    name: 'says',
    title: say(TEXTS.says),
    cell: ({ says }) => says,
    csv: { title: say(TEXTS.says), cell: ({ says }) => says },
  },
  {
    name: 'action',
    title: say(TEXTS.action),
    cell: ({ action }) => <code>{action}</code>,
    csv: { title: say(TEXTS.action), cell: ({ action }) => action },
  },
  {
    name: 'result',
    title: say(TEXTS.result),
    cell: (fact) => <span class={fact.result === 'REFUSED' ? 'is-refused' : undefined}>{resultText(fact)}</span>,
    csv: { title: say(TEXTS.result), cell: resultText },
  },
  {
    name: 'cells',
    title: say(TEXTS.cell),
    cell: ({ cells }) => cells.join(', '),
    csv: { title: say(TEXTS.cell), cell: ({ cells }) => cells.join(', ') },
  },
];

const resultText = ({ result, reason }: ImportedFact): string =>
  reason === undefined ? say(RESULT_TEXTS[result]) : `${say(RESULT_TEXTS[result])}：${reason}`;
