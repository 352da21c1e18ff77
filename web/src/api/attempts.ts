import { useEffect, useState } from 'preact/hooks';
import { refreshes } from './connection';

/** Grows when everything is asked again and the last attempt has failed: what was read in many pages is not read again otherwise. */
export function useAttempts(hasFailed: boolean): number {
  const [attempts, setAttempts] = useState(0);
  useEffect(() => {
    if (hasFailed) setAttempts((before) => before + 1);
  }, [refreshes.value]);
  return attempts;
}
