/**
 * How many objects and lists a JSON text from a client may have. What is recorded by one command has fewer. Parsing takes time for each: for
 * 500,000 lists in one another, half a second.
 */
const MOST = 50_000;
export const TOO_MANY_CONTAINERS = `has more than ${MOST} objects and lists`;

const [QUOTE, BACKSLASH, BRACKET, BRACE] = Buffer.from('"\\[{');

/** Whether a JSON text has more objects and lists than it may, seen without parsing it. */
export function hasTooManyContainers(text: Buffer): boolean {
  if (text.length <= MOST) return false;
  let count = 0;
  let isInText = false;
  for (let index = 0; index < text.length; index++) {
    const byte = text[index];
    if (isInText) {
      if (byte === BACKSLASH) index++;
      else if (byte === QUOTE) isInText = false;
    } else if (byte === QUOTE) isInText = true;
    else if ((byte === BRACKET || byte === BRACE) && ++count > MOST) return true;
  }
  return false;
}
