/**
 * How many objects and lists a JSON text from a client may have. What is recorded by one command has fewer. Parsing takes time for each: for
 * 500,000 lists in one another, half a second.
 */
export const MOST_CONTAINERS = 50_000;
export const TOO_MANY_CONTAINERS = `has more than ${MOST_CONTAINERS} objects and lists`;

const [QUOTE, BACKSLASH, BRACKET, BRACE] = Buffer.from('"\\[{');

/** Whether a JSON text has more objects and lists than `most`, seen without parsing it. */
export function hasMoreContainers(text: Buffer, most: number): boolean {
  if (text.length <= most) return false;
  let count = 0;
  let isInText = false;
  for (let index = 0; index < text.length; index++) {
    const byte = text[index];
    if (isInText) {
      if (byte === BACKSLASH) index++;
      else if (byte === QUOTE) isInText = false;
    } else if (byte === QUOTE) isInText = true;
    else if ((byte === BRACKET || byte === BRACE) && ++count > most) return true;
  }
  return false;
}
