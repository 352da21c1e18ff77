/**
 * Raise it with each change of what projections write, or of how a change is written as a text. A store that outlives its process keeps
 * read models of another number apart, or builds them again.
 */
export const PROJECTED_FORMAT = 2;
