/** Prints moments in a time zone: a day alone where it is the first moment of it, else to the second. */
export function localTimes(timeZone: string): (instant: string) => string {
  // The Swedish form is ISO 8601's, with a space.
  const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone });
  return (instant) => {
    const text = format.format(new Date(instant));
    return text.endsWith(' 00:00:00') ? text.slice(0, 10) : text;
  };
}
