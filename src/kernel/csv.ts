const SPECIAL = /[",\r\n]/;

/** A text as one field of RFC 4180. */
export const csvField = (text: string): string => (SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
