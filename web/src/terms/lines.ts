/** What a line of a budget is called wherever there is no column for its code: `OPERATING 公用经费`. */
export const lineText = ({ code, name }: { readonly code: string; readonly name: string }): string => `${code} ${name}`;
