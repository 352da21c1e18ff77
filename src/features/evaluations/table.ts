import { inputObject, ValueOf } from '../../input/field';
import { allOf, is } from '../../reading/entity-filter';
import { Loaded } from '../../reading/scope';
import { pagesOfTable } from '../../reading/tables/entities';
import { Table } from '../../reading/tables/table';
import { fiscalYearFilter } from '../shared/fields';
import { DEPARTMENTS, departmentsIn, REVISION_COLUMNS } from '../shared/table-columns';
import { gradeOfView } from './grade';
import { evaluationLineage, evaluationReading } from './readings';
import { EvaluationView } from './views';

const FILTER = { ...DEPARTMENTS, fiscalYear: fiscalYearFilter };

export const evaluationTable: Table<Loaded<EvaluationView>, ValueOf<typeof FILTER>> = {
  name: 'evaluations',
  filter: inputObject('', '', FILTER),
  columns: [
    { name: 'code', type: 'TEXT', valueOf: ({ entity }) => entity.code },
    { name: 'department', type: 'TEXT', valueOf: ({ view }) => view.department },
    { name: 'fiscalYear', type: 'INTEGER', valueOf: ({ view }) => view.fiscalYear },
    { name: 'status', type: 'TEXT', valueOf: ({ view }) => view.status },
    { name: 'round', type: 'INTEGER', valueOf: ({ view }) => view.round },
    { name: 'revises', type: 'INTEGER', valueOf: ({ view }) => view.revises },
    { name: 'selfScore', type: 'DECIMAL', valueOf: ({ view }) => view.selfScore },
    { name: 'reviewScore', type: 'DECIMAL', valueOf: ({ view }) => view.reviewScore },
    { name: 'grade', type: 'TEXT', valueOf: ({ view }) => gradeOfView(view) },
    { name: 'conclusion', type: 'TEXT', valueOf: ({ view }) => view.conclusion },
    { name: 'problems', type: 'JSON', valueOf: ({ view }) => view.problems },
    { name: 'improvements', type: 'JSON', valueOf: ({ view }) => view.improvements },
    { name: 'template', type: 'TEXT', valueOf: ({ view }) => view.template?.code },
    { name: 'templateVersion', type: 'INTEGER', valueOf: ({ view }) => view.template?.version },
    { name: 'publishedRound', type: 'INTEGER', valueOf: ({ view }) => view.published?.round },
    { name: 'publishedSelfScore', type: 'DECIMAL', valueOf: ({ view }) => view.published?.selfScore },
    { name: 'publishedReviewScore', type: 'DECIMAL', valueOf: ({ view }) => view.published?.reviewScore },
    {
      name: 'publishedGrade',
      type: 'TEXT',
      valueOf: ({ view }) => view.published && gradeOfView(view.published),
    },
    ...REVISION_COLUMNS,
  ],
  departments: departmentsIn,
  rows: (scope, filter) =>
    pagesOfTable(scope, evaluationReading, evaluationLineage, {
      departments: departmentsIn(filter),
      condition: allOf<EvaluationView>(is(filter.fiscalYear, (evaluation) => evaluation.fiscalYear)),
    }),
};
