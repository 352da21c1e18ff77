import { useEffect, useState } from 'preact/hooks';
import { token } from '../session/token';
import { useAttempts } from './attempts';
import { Failure } from './failure';
import { Asked } from './questions';
import { AfterCursor, List, readList, Reading } from './read-list';

interface Read<Node> {
  readonly key: string;
  readonly found: List<Node> | { readonly failure: Failure };
}

/** Reads a list while the component is shown. `reading` undefined: nothing is read yet. */
export function useList<Data, Variables extends AfterCursor, Node>(
  reading: Reading<Data, Variables, Node> | undefined,
): Asked<List<Node>> {
  const key = reading === undefined ? '' : `${token.value ?? ''} ${JSON.stringify(reading.variables)}`;
  const [read, setRead] = useState<Read<Node>>();
  const found = read?.found;
  const attempts = useAttempts(found !== undefined && 'failure' in found);
  useEffect(() => {
    if (reading === undefined) return undefined;
    const controller = new AbortController();
    void readList(reading, controller.signal).then((found) => {
      if (!controller.signal.aborted) setRead({ key, found });
    });
    return () => {
      controller.abort();
    };
  }, [key, attempts]);
  const isOfAnother = read?.key !== key;
  return {
    data: found !== undefined && 'nodes' in found ? found : undefined,
    failure: found !== undefined && 'failure' in found ? found.failure : undefined,
    isAsking: isOfAnother,
    isOfAnother,
  };
}
