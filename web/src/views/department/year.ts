/** A department in one fiscal year. */
export interface Year {
  readonly department: string;
  readonly fiscalYear: number;
}
