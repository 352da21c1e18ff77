import { TypedDocumentString, WrittenChangeFragment } from '../generated/documents';

/** What a mutation has recorded or, as a dry run, would record. */
export interface Written {
  /** The last position on record when it was written. */
  readonly position: string;
  /** Whether a second person has to confirm it. */
  readonly needsProposal: boolean;
  /** What it has become if it waits for a second person. */
  readonly proposal: { readonly code: string } | null;
  readonly changes: readonly WrittenChangeFragment[];
}

/** What every mutation takes. */
export interface WriteInput {
  readonly idempotencyKey?: string | null;
  readonly expectedRevision?: number | null;
}

/** A mutation of the page: its answer is named `written`. */
export type WriteDocument<Input> = TypedDocumentString<
  { readonly written: Written | null },
  { readonly input: Input; readonly dryRun: boolean }
>;
