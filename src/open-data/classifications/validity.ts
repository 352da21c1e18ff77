/** The years, both inclusive, in which a row of a classification holds. */
export interface Validity {
  readonly validFrom: number;
  /** null: until further notice. */
  readonly validTo: number | null;
}

export const isValidIn = ({ validFrom, validTo }: Validity, year: number): boolean =>
  validFrom <= year && (validTo === null || year <= validTo);
