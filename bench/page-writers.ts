import { PageServer } from './page-server';

export interface Writing {
  /** How many changes are on record. */
  readonly written: () => number;
  readonly stop: () => Promise<void>;
}

const MUTATION = `mutation ($input: RecordObservationInput!) { recordObservation(input: $input) { position } }`;
const INDICATORS = `{ indicators(first: 200) { nodes { code direction retired } } }`;

/** Writers that each record one observation after the other, on indicators in turn. */
export function write({ address, token }: PageServer, writers: number): Writing {
  const bearer = `Bearer ${token('editor')}`;
  let isStopped = false;
  let written = 0;
  const ask = async (query: string, variables: object): Promise<any> => {
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: bearer },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  };
  const codes = ask(INDICATORS, {}).then(({ indicators }: { indicators: { nodes: readonly Indicator[] } }) =>
    indicators.nodes
      .filter(({ direction, retired }) => direction !== 'QUALITATIVE' && !retired)
      .map(({ code }) => code),
  );
  const oneWriter = async (number: number): Promise<void> => {
    const all = await codes;
    for (let round = number; !isStopped; round++) {
      const input = { code: all[round % all.length]!, observedOn: '2024-06-01', value: String(round), source: 'bench' };
      await ask(MUTATION, { input });
      written++;
    }
  };
  const running = Promise.all(Array.from({ length: writers }, (_, number) => oneWriter(number)));
  return {
    written: () => written,
    async stop() {
      isStopped = true;
      await running;
    },
  };
}

interface Indicator {
  readonly code: string;
  readonly direction: string;
  readonly retired: boolean;
}
