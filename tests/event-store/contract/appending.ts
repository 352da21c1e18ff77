import { NewEvent, withoutTexts } from '../../../src/event-store/envelope';
import { AppendResult, ExpectedRevision } from '../../../src/event-store/event-store';
import { aMetadata, anEvent, anEventOf, collect, someEvents } from '../../support/events';
import { CurrentHarness } from './harness';

export function describeAppending(current: CurrentHarness): void {
  const streamOf = (name: string): string => `${current().prefix}${name}`;
  const append = (name: string, events: readonly NewEvent[], expected: ExpectedRevision = 'any') =>
    current().store.append(streamOf(name), events, expected);
  const idsIn = async (name: string) => (await collect(current().store.readStream(streamOf(name)))).map(({ id }) => id);

  describe('append', () => {
    it('counts revisions from 0 in each stream, and positions upwards over all streams', async () => {
      const results = [
        await append('budget-a', someEvents(1)),
        await append('budget-b', someEvents(1)),
        await append('budget-a', someEvents(1)),
      ].map(appended);

      expect(results.map(({ revision }) => revision)).toEqual([0n, 0n, 1n]);
      expect(results[0]!.position).toBeGreaterThan(0n);
      expect(results[1]!.position).toBeGreaterThan(results[0]!.position);
      expect(results[2]!.position).toBeGreaterThan(results[1]!.position);
    });

    it('answers with the position of the last of several events, which are consecutive', async () => {
      await append('budget-a', someEvents(2));
      const events = someEvents(3);
      const { revision, position } = appended(await append('budget-a', events));
      const stored = await collect(current().store.readStream(streamOf('budget-a'), 2n));

      expect(stored.map((event) => event.id)).toEqual(events.map(({ id }) => id));
      expect(stored.map((event) => event.revision)).toEqual([2n, 3n, 4n]);
      expect(stored.at(-1)).toMatchObject({ revision, position });
    });

    it.each<{ held: number; expected: ExpectedRevision; kind: AppendResult['kind'] }>([
      { held: 0, expected: 'no-stream', kind: 'appended' },
      { held: 0, expected: 'any', kind: 'appended' },
      { held: 0, expected: 0n, kind: 'conflict' },
      { held: 2, expected: 'no-stream', kind: 'conflict' },
      { held: 2, expected: 'any', kind: 'appended' },
      { held: 2, expected: 0n, kind: 'conflict' },
      { held: 2, expected: 1n, kind: 'appended' },
      { held: 2, expected: 2n, kind: 'conflict' },
    ])('to a stream of $held events, expecting $expected: $kind', async ({ held, expected, kind }) => {
      const before = someEvents(held);
      if (held > 0) await append('budget-a', before);
      const events = someEvents(2);
      const result = await append('budget-a', events, expected);

      if (kind === 'appended') {
        expect(result).toMatchObject({ kind, revision: BigInt(held) + 1n });
        expect(await idsIn('budget-a')).toEqual([...before, ...events].map(({ id }) => id));
      } else {
        expect(result).toEqual({ kind, current: held === 0 ? 'no-stream' : BigInt(held) - 1n });
        expect(await idsIn('budget-a')).toEqual(before.map(({ id }) => id));
      }
    });

    it('lets one of several concurrent appends with the same expectation succeed, and gives the others a conflict', async () => {
      const results = await Promise.all(someEvents(20).map((event) => append('budget-a', [event], 'no-stream')));

      expect(results.filter(({ kind }) => kind === 'appended')).toHaveLength(1);
      expect(results.filter(({ kind }) => kind === 'conflict')).toEqual(
        Array.from({ length: 19 }, () => ({ kind: 'conflict', current: 0n })),
      );
      expect(await idsIn('budget-a')).toHaveLength(1);
    });

    it('decides each of several concurrent appends separately', async () => {
      await append('budget-a', someEvents(1));
      const results = await Promise.all([
        append('budget-b', someEvents(2), 'no-stream'),
        append('budget-a', someEvents(2), 'no-stream'),
        append('budget-c', someEvents(2), 'no-stream'),
        append('budget-a', someEvents(2), 0n),
      ]);

      expect(results.map(({ kind }) => kind).sort()).toEqual(['appended', 'appended', 'appended', 'conflict']);
      expect(results[1]).toMatchObject({ kind: 'conflict' });
    });

    it.each([
      ['no event', () => append('budget-a', [])],
      ['a stream outside the prefix', () => current().store.append('else-budget-a', someEvents(1), 'any')],
    ])('refuses %s as a bug', async (_, appending) => {
      await expect(appending()).rejects.toThrow(TypeError);
      expect(await current().store.head()).toBe(0n);
    });
  });

  describe('append, repeated', () => {
    it.each<ExpectedRevision>([1n, 'any'])(
      'gives the same answer as the first time and adds nothing, expecting %s',
      async (expected) => {
        await append('budget-a', someEvents(2));
        const events = someEvents(3);
        const first = await append('budget-a', events, expected);
        const head = await current().store.head();

        expect(await append('budget-a', events, expected)).toEqual(first);
        expect(await idsIn('budget-a')).toHaveLength(5);
        expect(await current().store.head()).toBe(head);
      },
    );

    it.each<ExpectedRevision>(['no-stream', 'any'])(
      'does so after later events in the stream and after a restart, expecting %s',
      async (expected) => {
        const events = someEvents(2);
        const first = await append('budget-a', events, expected);
        await append('budget-a', someEvents(3));
        expect(await append('budget-a', events, expected)).toEqual(first);
        await current().restart();

        expect(await append('budget-a', events, expected)).toEqual(first);
        expect(await idsIn('budget-a')).toHaveLength(5);
      },
    );

    it('does so while the first one is still being recorded', async () => {
      const events = someEvents(2);
      const [first, second] = await Promise.all([
        append('budget-a', events, 'no-stream'),
        append('budget-a', events, 'no-stream'),
      ]);

      expect(second).toEqual(appended(first));
      expect(await idsIn('budget-a')).toHaveLength(2);
    });

    it.each<[string, (events: NewEvent[]) => NewEvent[]]>([
      ['one more event', (events) => [...events, anEvent()]],
      ['another order', (events) => events.toReversed()],
      ['another event among them', ([first, ...rest]) => [first!, anEvent(), ...rest]],
    ])('is another append with %s', async (_, changed) => {
      const events = someEvents(2);
      await append('budget-a', events, 'no-stream');

      expect(await append('budget-a', changed(events), 'no-stream')).toEqual({ kind: 'conflict', current: 1n });
      expect(await idsIn('budget-a')).toEqual(events.map(({ id }) => id));
    });

    it('is another append in another stream', async () => {
      const events = someEvents(2);
      const first = appended(await append('budget-a', events, 'no-stream'));
      const second = appended(await append('budget-b', events, 'no-stream'));

      expect(second.position).toBeGreaterThan(first.position);
      expect(await idsIn('budget-b')).toEqual(events.map(({ id }) => id));
    });
  });

  describe('an event', () => {
    it.each<[string, NewEvent]>([
      ['in Chinese', anEvent({ data: { 部门: '科学技术部', note: '预算执行率 97.5%，𠮷' } })],
      ['of 1 MiB in all', anEventOf(1_048_576)],
      ['with text that needs escaping', anEvent({ data: { text: 'a\0b\u2028\ud800c\udc00"\\\r\n', '': {} } })],
      ['with numbers, lists and nothing', anEvent({ data: { list: [0, -1.5, 1e300, null, [], true], none: null } })],
      [
        'with all metadata',
        anEvent({
          metadata: aMetadata({
            schemaVersion: 3,
            actor: { sub: 'u-12', name: '张三' },
            reason: '年中调整',
            documentNo: '粤财预〔2023〕12号',
            evidence: [{ uri: 'https://example.org/a', sha256: 'ab'.repeat(32), title: '批复' }, { uri: 'urn:b' }],
            $correlationId: '6f1c1f0c-9d0e-4a53-9a3f-0d7b1b6f3a01',
            $causationId: '6f1c1f0c-9d0e-4a53-9a3f-0d7b1b6f3a02',
            idempotencyKey: 'key-1',
            fingerprint: 'cd'.repeat(32),
            commandPart: { number: 1, of: 2 },
            salt: 'AAECAwQFBgcICQoLDA0ODw==',
          }),
        }),
      ],
    ])('%s comes back as it was sent', async (_, event) => {
      await append('budget-a', [event]);
      const [stored] = await collect(current().store.readStream(streamOf('budget-a')));

      expect(withoutTexts(stored!)).toEqual({
        ...event,
        stream: streamOf('budget-a'),
        revision: 0n,
        position: expect.any(BigInt) as bigint,
        storedAt: expect.any(Number) as number,
      });
    });
  });
}

function appended(result: AppendResult): Extract<AppendResult, { kind: 'appended' }> {
  if (result.kind !== 'appended') throw new Error(`The append conflicted with ${String(result.current)}`);
  return result;
}
