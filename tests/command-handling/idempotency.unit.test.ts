import { CommandOutcome } from '../../src/command-handling/command-request';
import { Outage } from '../../src/kernel/outage';
import { Command, done, FULL, once, P1, P2, PurseLedger, refusal, Request } from './purse-ledger';

let ledger: PurseLedger;
beforeEach(async () => {
  ledger = await PurseLedger.open();
});
afterEach(() => ledger.close());

const repeated = (first: CommandOutcome): CommandOutcome => ({ ...first, isRepeated: true });

describe('an idempotency key', () => {
  const idempotencyKey = 'key-1';

  test('answers the same command with the first result, whatever happened since, and records nothing', async () => {
    await ledger.openPurse();
    const first = done(await ledger.add([10, 10], { idempotencyKey }));
    await ledger.add(10);
    expect(refusal(await ledger.add([10, 10]))).toMatchObject({ kind: 'RULE_VIOLATION' });
    for (const by of [ledger.handler, ledger.newHandler()]) {
      expect(done(await ledger.add([10, 10], { idempotencyKey }, by))).toEqual(repeated(first));
    }
    expect(await ledger.coins()).toBe(30);
  });

  test('does so for the command that created the entity, too', async () => {
    const first = done(await ledger.openPurse({ idempotencyKey }));
    await ledger.add(1);
    expect(done(await ledger.openPurse({ idempotencyKey }, ledger.newHandler()))).toEqual(repeated(first));
  });

  test.each<[string, Command, Partial<Request>]>([
    ['a different input', { kind: 'add', coins: [2] }, {}],
    [
      'a part of the input that is not in the command',
      { kind: 'add', coins: [1] },
      { input: { coins: [1], reason: 'x' } },
    ],
    ['a different action', { kind: 'add', coins: [1] }, { action: 'put' }],
    ['a different actor', { kind: 'add', coins: [1] }, { actor: { sub: 'u-2', name: '张编辑' } }],
  ])('refuses %s under it', async (_what, command, parts) => {
    await ledger.openPurse();
    await ledger.add(1, { idempotencyKey });
    for (const by of [ledger.handler, ledger.newHandler()]) {
      expect(refusal(await by.execute(ledger.request(command, { idempotencyKey, ...parts })))).toEqual({
        kind: 'CONFLICT',
        message: 'The idempotency key was used for another command on P1',
      });
    }
    expect(await ledger.coins()).toBe(1);
  });

  test('is not taken by an event of another program that has no fingerprint of its command', async () => {
    await ledger.openPurse();
    await ledger.addBehindTheBack(1, 0n, idempotencyKey);
    expect(done(await ledger.add(2, { idempotencyKey })).isRepeated).toBe(false);
    expect(await ledger.coins()).toBe(3);
  });

  test.each<[string, Partial<Request>]>([
    ['the name of the actor', { actor: { sub: 'u-1', name: '张主任' } }],
    ['the request that it comes with', { correlationId: 'request-2', causationId: 'cause-2' }],
    ['the order of the input', { input: { coins: [1], kind: 'add' } }],
    ['what the input leaves out', { input: { kind: 'add', coins: [1], reason: undefined, documentNo: null } }],
  ])('does not cover %s', async (_what, parts) => {
    await ledger.openPurse();
    const first = done(await ledger.add(1, { idempotencyKey }));
    expect(done(await ledger.add(1, { idempotencyKey, ...parts }))).toEqual(repeated(first));
  });

  test('is scoped to the entity, and so are the ids that it makes', async () => {
    const first = done(await ledger.openPurse({ idempotencyKey }));
    const second = done(await ledger.openPurse({ idempotencyKey, entity: P2 }));
    expect(second.position).toBeGreaterThan(first.position);
    const events = [...(await ledger.events(P1)), ...(await ledger.events(P2))];
    expect(new Set(events.map(({ id }) => id)).size).toBe(2);
  });

  test('can be used again if the command was refused', async () => {
    await ledger.openPurse();
    expect(refusal(await ledger.add(FULL + 1, { idempotencyKey }))).toMatchObject({ kind: 'RULE_VIOLATION' });
    expect(done(await ledger.add(1, { idempotencyKey })).changes).toBe(1);
  });

  test.each(['__proto__', 'constructor', '键', ' '])('may be any text: "%s"', async (key) => {
    await ledger.openPurse();
    const first = done(await ledger.add(1, { idempotencyKey: key }));
    expect(done(await ledger.add(1, { idempotencyKey: key }))).toEqual(repeated(first));
    expect(refusal(await ledger.add(2, { idempotencyKey: key }))).toMatchObject({ kind: 'CONFLICT' });
  });
});

describe('an outage in the middle of an append', () => {
  const outage = (): never => {
    throw new Outage('the line is dead');
  };

  test.each<[string, () => void]>([
    [
      'was lost on its way to the store',
      () => {
        ledger.onAppend = outage;
      },
    ],
    [
      'was recorded, and only the answer was lost',
      () => {
        ledger.onAppended = outage;
      },
    ],
  ])(
    'is reported; the same command, sent again under its key, is recorded once if the first one %s',
    async (_what, fail) => {
      await ledger.openPurse();
      fail();
      await expect(ledger.add(1, { idempotencyKey: 'key' })).rejects.toThrow(Outage);
      ledger.onAppend = ledger.onAppended = () => undefined;

      const again = done(await ledger.add(1, { idempotencyKey: 'key' }));
      expect(await ledger.coins()).toBe(1);
      expect(again.position).toBe((await ledger.events()).at(-1)!.position);
      expect(done(await ledger.add(1, { idempotencyKey: 'key' }, ledger.newHandler()))).toEqual(repeated(again));
    },
  );

  test('does not block the next command on the entity', async () => {
    await ledger.openPurse();
    const next: ReturnType<typeof ledger.add>[] = [];
    ledger.onAppend = once(() => {
      // It comes while the first append is on its way.
      next.push(ledger.add(2));
      return Promise.reject(new Outage('the line is dead'));
    });
    await expect(ledger.add(1)).rejects.toThrow(Outage);
    expect((await Promise.all(next)).map(({ ok }) => ok)).toEqual([true]);
    expect(await ledger.coins()).toBe(2);
  });
});
