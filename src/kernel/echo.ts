/** How much of what a client sent is sent back in one piece. */
export const MAX_ECHO = 200;

/** Cuts a text that may repeat what a client sent to a length that is safe to send back. */
export const cut = (text: string, length = MAX_ECHO): string =>
  text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
