import { getNamedType, GraphQLScalarType, isObjectType } from 'graphql';
import { features, schema } from '../../../src/app/features';
import { MASKED_FIELDS } from '../../../src/graphql/masked-fields';
import { OPEN_COLUMNS, OPEN_FIELDS } from './open-texts';

/** A new text has to say whether it may name persons: in `MASKED_FIELDS`, or in the list of open texts. */

const TEXTS = ['String', 'JSON'];

const textsOfSchema = Object.values(schema.getTypeMap()).flatMap((type) =>
  !isObjectType(type) || type.name.startsWith('__') || type === schema.getMutationType()
    ? []
    : Object.values(type.getFields())
        .filter(({ type: of }) => {
          const named = getNamedType(of);
          return named instanceof GraphQLScalarType && TEXTS.includes(named.name);
        })
        .map(({ name }) => `${type.name}.${name}`),
);

test('every text of the schema is either masked or open', () => {
  expect(textsOfSchema.filter((field) => !MASKED_FIELDS.includes(field)).sort()).toEqual([...OPEN_FIELDS].sort());
});

test('every masked field is in the schema', () => {
  for (const field of MASKED_FIELDS) {
    const [type, name] = field.split('.');
    const of = schema.getType(type!);
    expect(isObjectType(of) && name! in of.getFields()).toBe(true);
  }
});

test('every text column of a table is either masked or open', () => {
  const columns = [...features.tables.values()].flatMap(({ name, columns: of }) =>
    of.filter(({ type }) => type === 'TEXT').map((column) => `${name}.${column.name}`),
  );
  const personal = ['entries.payee', 'entries.payer', 'entries.memo'];
  expect(columns.filter((column) => !personal.includes(column)).sort()).toEqual([...OPEN_COLUMNS].sort());
});

test('the personal fields of all events', () => {
  const personal = Object.entries(features.eventTypes).flatMap(([type, { personal: of }]) =>
    of.map((field) => `${type}.${field}`),
  );
  expect(personal.sort()).toEqual([
    'ExpenditureRecorded.memo',
    'ExpenditureRecorded.payee',
    'ProposalClaimed.events',
    'ProposalClaimed.key',
    'ProposalMade.input',
    'ProposalMade.key',
    'RefundRecorded.memo',
    'RefundRecorded.payer',
    'TaskProgressReported.note',
  ]);
});
