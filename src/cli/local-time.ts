/** Prints moments in a time zone: only the day if it is the first moment of the day, otherwise to the second. */
export function localTimes(timeZone: string): (instant: string) => string {
  // The Swedish format is ISO 8601 with a space.
  const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone });
  return (instant) => {
    const text = format.format(new Date(instant));
    return text.endsWith(' 00:00:00') ? text.slice(0, 10) : text;
  };
}
