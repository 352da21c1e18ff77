/** The fiscal year that a part of an address names; undefined: it names none. */
export const readYear = (text: string | undefined): number | undefined =>
  text !== undefined && /^[1-9]\d{3}$/.test(text) ? Number(text) : undefined;
