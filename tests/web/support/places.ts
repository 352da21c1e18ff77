/** A place in the page that every language and width is looked at in. */
export interface ShownPlace {
  readonly name: string;
  /** Its address in the demo ledger. */
  readonly path: string;
  /** Who looks at it; left out: the auditor. */
  readonly person?: string;
  /** Whether docs/page.md shows a picture of it. */
  readonly isInDocs?: boolean;
}

/** A person of the demo that may record facts and decide on proposals. */
export const CLERK = '孙经办';

/** Every view of the page. A new view is looked at by adding a line. */
export const PLACES: readonly ShownPlace[] = [
  { name: 'city', path: '/app/city/2023', isInDocs: true },
  { name: 'city-past', path: '/app/city/2023?known=2023-07-31&effective=2023-06-30', isInDocs: true },
  { name: 'department', path: '/app/department/441300-DSJ/2023', isInDocs: true },
  { name: 'clocks', path: '/app/clocks/BUDGET/441300-DSJ.2023?field=/revised', isInDocs: true },
  { name: 'history', path: '/app/history/EVALUATION/441300-DSJ.2023' },
  { name: 'difference', path: '/app/difference/441300-DSJ/2023?fromKnown=2023-06-30&known=2023-07-31' },
  { name: 'feed', path: '/app/feed?after=0&kind=BUDGET' },
  { name: 'search', path: '/app/search?for=政务' },
  { name: 'late', path: '/app/late' },
  { name: 'corrected', path: '/app/late/corrected' },
  { name: 'reads', path: '/app/reads' },
  { name: 'evidence', path: '/app/evidence?about=budget&code=441300-DSJ&year=2023' },
  { name: 'proposals', path: '/app/proposals', person: CLERK },
  { name: 'record', path: '/app/record/expenditure', person: CLERK },
  { name: 'correction', path: '/app/record/correction', person: CLERK },
  { name: 'import', path: '/app/record/import', person: CLERK },
];
