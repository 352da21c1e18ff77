/** What somebody presents as evidence is malformed or does not prove what it has to. The message says what is wrong. */
export class UnsoundEvidence extends Error {}
