import { AMOUNTS, CorrectedFact, Explanation, Origin, Step, ChangeSummary } from './explain-question';
import { localTimes } from './local-time';
import { Column, printable, table } from './table';

type Print = (instant: string) => string;

/** Fields of the budget itself, not of its lines. */
const FIGURE = /^\/(opening|adjustment|revised|executed|remaining|executionRate|carriedOut|closed)$/;

/** The report for a terminal. */
export function reportOf(explanation: Explanation): string {
  const print = localTimes(explanation.timeZone);
  return [
    heading(explanation, print),
    figures(explanation),
    part('Bridge, from opening to revised, in yuan', BRIDGE, bridgeRows(explanation, print)),
    part(
      'Corrections',
      CORRECTIONS,
      explanation.corrected.flatMap((fact) => correctionRows(fact, print)),
    ),
    part('Who set each figure last', BLAME, blameRows(explanation.blame, print)),
  ].join('\n');
}

function heading(explanation: Explanation, print: Print): string {
  const { department, fiscalYear, closed, revision, position, timeZone } = explanation;
  const asOf = explanation.effectiveAt === null ? 'all that is on record' : print(explanation.effectiveAt);
  const state = closed ? 'closed' : 'open';
  return [
    `Budget ${department.code}.${fiscalYear}  ${printable(department.name)}  ${state}, revision ${revision}`,
    `as of     ${asOf}`,
    `known at  ${print(explanation.knownAt)}  position ${position}`,
    `times are those of ${timeZone}; @ is a position in the log`,
    '',
  ].join('\n');
}

function figures({ amounts, executionRate }: Explanation): string {
  const columns: readonly Column[] = [
    { title: 'figure' },
    { title: 'yuan', align: 'right' },
    { title: '万元', align: 'right' },
  ];
  const rate = executionRate === null ? 'none' : `${executionRate} %`;
  const rows = AMOUNTS.filter((name) => isShown(name, amounts[name].yuan)).map((name) => [
    name,
    amounts[name].yuan,
    amounts[name].wanYuan,
  ]);
  return table(columns, [...rows, ['execution rate', '', rate]]);
}

/** Few budgets have carried anything over. */
const isShown = (name: string, value: unknown): boolean => name !== 'carriedOut' || value !== '0.00';

function part(title: string, columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  return `${title}\n\n${rows.length === 0 ? 'none\n' : table(columns, rows)}`;
}

const BRIDGE: readonly Column[] = [
  { title: 'date' },
  { title: 'document' },
  { title: 'change' },
  { title: 'amount', align: 'right' },
  { title: 'revised after', align: 'right' },
  { title: 'lines' },
];

function bridgeRows({ amounts, bridge }: Explanation, print: Print): readonly (readonly string[])[] {
  const opening = ['', '', 'opening', '', amounts.opening.yuan, ''];
  return [opening, ...bridge.map((step) => bridgeRow(step, print))];
}

const bridgeRow = ({ effectiveAt, documentNo, change, amount, revisedAfter, legs }: Step, print: Print) => [
  print(effectiveAt),
  documentNo ?? '',
  named(change),
  signed(amount),
  revisedAfter,
  legs.map((leg) => `${leg.line} ${signed(leg.amount)}`).join(', '),
];

const CORRECTIONS: readonly Column[] = [
  { title: 'fact' },
  { title: 'amount', align: 'right' },
  { title: 'date' },
  { title: 'recorded' },
  { title: 'by' },
  { title: 'why' },
];

/** The first recorded value, each correction, and the present value. */
function correctionRows(fact: CorrectedFact, print: Print): readonly (readonly string[])[] {
  const lines = fact.toLine === null ? fact.line : `${fact.line} to ${fact.toLine}`;
  const row = (what: string, amount: string, effectiveAt: string | undefined, change: ChangeSummary | undefined) => [
    what,
    amount,
    effectiveAt === undefined ? '' : print(effectiveAt),
    ...(change === undefined ? [] : [print(change.recordedAt), actor(change), change.reason ?? '']),
  ];
  const { change, corrections } = fact;
  return [
    row(
      `@${change.position} ${fact.kind} ${lines}, first said`,
      fact.amountFirstRecorded,
      fact.effectiveAtFirstRecorded,
      change,
    ),
    ...corrections.map((correction) => row(`  @${correction.position} corrected`, '', undefined, correction)),
    row(`  says now: ${fact.state}`, fact.amount, fact.effectiveAt, undefined),
  ];
}

const BLAME: readonly Column[] = [
  { title: 'figure' },
  { title: 'value', align: 'right' },
  { title: 'set by' },
  { title: 'document' },
  { title: 'date' },
  { title: 'recorded' },
  { title: 'by' },
  { title: 'why' },
];

const blameRows = (blame: readonly Origin[], print: Print): readonly (readonly string[])[] =>
  blame
    .filter(({ path, value }) => FIGURE.test(path) && isShown(path.slice(1), value))
    .map(({ path, value, change }) => [
      path.slice(1),
      value === null ? 'none' : typeof value === 'string' ? value : JSON.stringify(value),
      named(change),
      change.documentNo ?? '',
      print(change.effectiveAt),
      print(change.recordedAt),
      actor(change),
      change.reason ?? '',
    ]);

const named = ({ position, type }: ChangeSummary): string => `@${position} ${type}`;
const actor = ({ actor: { name, sub } }: ChangeSummary): string => name ?? sub;
const signed = (amount: string): string => (/^(-|0+\.0+$)/.test(amount) ? amount : `+${amount}`);
