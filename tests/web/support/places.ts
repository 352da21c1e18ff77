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

/** Every view of the page. A new view is looked at by adding a line. */
export const PLACES: readonly ShownPlace[] = [
  { name: 'city', path: '/app/city/2023', isInDocs: true },
  { name: 'city-past', path: '/app/city/2023?known=2023-07-31&effective=2023-06-30', isInDocs: true },
];
