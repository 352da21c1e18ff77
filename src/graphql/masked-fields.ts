/**
 * The fields that are null, empty or a pseudonym for a caller that may not see details of persons. `MaskedStore` leaves the details
 * out; these are only the names of the fields, for a front end.
 */
export const MASKED_FIELDS: readonly string[] = [
  'Actor.name',
  'Actor.sub',
  'Change.causationId',
  'Change.correlationId',
  'Change.data',
  'Change.evidence',
  'Change.reason',
  'Entry.memo',
  'Entry.payee',
  'Entry.payer',
  'Proposal.input',
  'Proposal.reason',
];
