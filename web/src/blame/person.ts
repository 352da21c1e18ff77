/** A person as the ledger names it. */
export const personText = ({ name, sub }: { readonly name: string | null; readonly sub: string }): string =>
  name === null ? sub : `${name} (${sub})`;
