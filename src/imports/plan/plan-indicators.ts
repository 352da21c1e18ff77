import { createHash } from 'node:crypto';
import { IndicatorDirection } from '../../features/indicators/events';
import { CellAnswers, CellPlace } from '../../forms/reading/answers';
import { IndicatorRead } from '../../forms/reading/form-reading';
import { cleaned, nameKey } from '../../forms/reading/texts';
import { compareDecimals } from '../../kernel/decimal';
import { IndicatorKnown } from '../ledger/on-record';
import { evidenceOf, keyOf } from './source';
import { Step, stepOf } from './step';
import { Subject } from './subject';

/** What is to be recorded of the indicators of a form: new indicators and values, and what has changed since an earlier import. */
export const planIndicators = (
  subject: Subject,
  rows: readonly IndicatorRead[],
  known: readonly IndicatorKnown[],
  answers: CellAnswers,
): readonly Step[] => rows.flatMap((row) => planRow({ subject, row, answers, known: knownFor(row, known) }));

interface Row {
  readonly subject: Subject;
  readonly row: IndicatorRead;
  readonly known: IndicatorKnown | undefined;
  readonly answers: CellAnswers;
}

/** By its code, else by what it is about. */
const knownFor = (row: IndicatorRead, known: readonly IndicatorKnown[]): IndicatorKnown | undefined =>
  known.find(({ view }) =>
    row.code === undefined
      ? nameKey(view.name) === nameKey(row.name) && view.level1 === row.level1 && view.level2 === row.level2
      : view.code === row.code,
  );

/** The code of an indicator that the form gives none: the same for the same row, wherever it is. */
function codeOf({ department, fiscalYear }: Subject, { code, level1, level2, name }: IndicatorRead): string {
  if (code !== undefined) return code;
  const about = JSON.stringify([department, fiscalYear, level1, level2, nameKey(name)]);
  return `IND-${fiscalYear}-${createHash('sha256').update(about).digest('hex').slice(0, 12)}`;
}

function planRow(context: Row): readonly Step[] {
  const { subject, row, known, answers } = context;
  const code = known?.view.code ?? codeOf(subject, row);
  if (known === undefined) {
    const direction = row.direction ?? (row.observation?.value === undefined ? 'QUALITATIVE' : 'AT_LEAST');
    return [define(subject, row, code, direction), ...observe(context, code)];
  }
  const wrong = differences(row, known.view);
  if (wrong !== undefined) {
    answers.refuse(row.place, wrong);
    return [];
  }
  return [...revise(context, code), ...observe(context, code)];
}

const keyed = ({ form, department, fiscalYear }: Subject, code: string, what: string): string =>
  keyOf({ form, department, fiscalYear, code }, what);

function define(subject: Subject, row: IndicatorRead, code: string, direction: IndicatorDirection): Step {
  const { department, fiscalYear, source } = subject;
  const { name, level1, level2, unit, target, targetUpper, points, place } = row;
  const key = keyed(subject, code, 'definition');
  return stepOf(source, {
    action: 'defineIndicator',
    input: {
      code,
      department,
      fiscalYear,
      name,
      level1,
      level2,
      direction,
      unit,
      target: target?.value,
      targetUpper,
      points: points?.value,
      evidence: [evidenceOf(source, key, place)],
    },
    places: placesOf(place, target?.place, points?.place),
    says: `设定指标 ${code}`,
  });
}

/** What a definition fixes cannot be corrected: a row that says something else is about something else. */
function differences(row: IndicatorRead, view: IndicatorKnown['view']): string | undefined {
  if (nameKey(row.name) !== nameKey(view.name)) return `账上该指标名称为“${view.name}”`;
  if (row.level1 !== view.level1 || row.level2 !== view.level2) return '账上该指标的分类不同';
  if (row.direction !== undefined && row.direction !== view.direction) return '账上该指标的性质不同';
  if (row.unit !== undefined && row.unit !== view.unit) return `账上该指标的单位为 ${view.unit ?? '（无）'}`;
  return undefined;
}

/** Targets and points that an earlier import of the form recorded follow the form. Those that somebody else recorded do not. */
function revise({ subject, row, known, answers }: Row, code: string): readonly Step[] {
  if (known === undefined) return [];
  const { department: _, source, fiscalYear } = subject;
  const { target, targetUpper, points } = row;
  const changed = {
    ...(target === undefined || isSame(target.value, known.view.target) ? {} : { target: target.value }),
    ...(targetUpper === undefined || isSame(targetUpper, known.view.targetUpper) ? {} : { targetUpper }),
    ...(points === undefined || isSame(points.value, known.view.points) ? {} : { points: points.value }),
  };
  if (Object.keys(changed).length === 0) {
    for (const place of placesOf(target?.place, points?.place)) answers.becomes(place, '账上已有，不再记录');
    return [];
  }
  const key = keyed(subject, code, 'definition');
  if (!isImported(known, key)) {
    const { target: onRecord = '（无）', points: weight = '（无）' } = known.view;
    answers.refuse(
      target?.place ?? points?.place ?? row.place,
      `与账本不符：账上指标值 ${onRecord}、分值 ${weight}，非由此表导入`,
    );
    return [];
  }
  return [
    stepOf(source, {
      action: 'reviseIndicatorTarget',
      input: {
        code,
        ...changed,
        effectiveAt: `${fiscalYear}-01-01`,
        reason: `导入 ${source.name}：表内数值已改`,
        evidence: [evidenceOf(source, key, row.place)],
      },
      places: placesOf(target?.place, points?.place),
      says: `调整指标 ${code}`,
    }),
  ];
}

function observe({ subject, row, known, answers }: Row, code: string): readonly Step[] {
  const { observation } = row;
  if (observation === undefined) return [];
  const { place, value, text, qualifier } = observation;
  const { source, lastDay } = subject;
  const key = keyed(subject, code, 'observation');
  const latest = known?.view.latest;
  if (
    latest !== undefined &&
    latest.qualifier === qualifier &&
    isSame(value, latest.value) &&
    isSameText(text, latest.text)
  ) {
    answers.becomes(place, '账上已有，不再记录');
    return [];
  }
  const evidence = [evidenceOf(source, key, place)];
  if (latest !== undefined && known?.keys.get(latest.changeId)?.includes(key)) {
    return [
      stepOf(source, {
        action: 'correctObservation',
        input: {
          code,
          observation: latest.changeId,
          value,
          text,
          qualifier,
          reason: `导入 ${source.name}：表内数值已改`,
          evidence,
        },
        places: [place],
        says: `更正观测值：${latest.value ?? latest.text ?? ''} 改为 ${value ?? text ?? ''}`,
      }),
    ];
  }
  if (latest !== undefined && latest.observedOn >= lastDay) {
    answers.refuse(
      place,
      `与账本不符：账上 ${latest.observedOn} 为 ${latest.value ?? latest.text ?? ''}，非由此表导入`,
    );
    return [];
  }
  return [
    stepOf(source, {
      action: 'recordObservation',
      input: { code, observedOn: lastDay, value, text, qualifier, source: source.name, evidence },
      places: [place],
      says: `记录观测值 ${value ?? text ?? ''}`,
    }),
  ];
}

const isImported = ({ keys }: IndicatorKnown, key: string): boolean =>
  [...keys.values()].some((found) => found.includes(key));

function isSame(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return compareDecimals(a, b) === 0;
}

const isSameText = (a: string | undefined, b: string | undefined): boolean =>
  a === undefined || b === undefined ? a === b : cleaned(a) === cleaned(b);

const placesOf = (...places: readonly (CellPlace | undefined)[]): readonly CellPlace[] =>
  places.flatMap((place) => place ?? []);
