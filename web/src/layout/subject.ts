import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** What the view that is shown is about, such as a department and a year; empty: the name of the view says enough. */
export const subject = signal('');

/** Says what the view is about: the title of the browser's tab begins with it. What is undefined is not known, or is not chosen. */
export function useSubject(...parts: readonly (string | number | undefined)[]): void {
  const words = parts.filter((part) => part !== undefined).join(' ');
  useEffect(() => {
    subject.value = words;
    return () => {
      subject.value = '';
    };
  }, [words]);
}
