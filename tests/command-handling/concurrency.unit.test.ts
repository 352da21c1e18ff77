import { CommandOutcome } from '../../src/command-handling/command-request';
import { Outage } from '../../src/kernel/outage';
import { Result } from '../../src/kernel/refusal';
import { formatInstant, readInstant } from '../../src/kernel/time';
import { done, FULL, NOW, once, PurseLedger, refusal } from './purse-ledger';

let ledger: PurseLedger;
beforeEach(async () => {
  ledger = await PurseLedger.open();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await ledger.close();
});

describe('an expected revision', () => {
  test('accepts the command at that revision, counted from 1', async () => {
    expect((await ledger.openPurse({ expectedRevision: 0 })).ok).toBe(true);
    expect((await ledger.add([1, 1], { expectedRevision: 1 })).ok).toBe(true);
    expect((await ledger.add(1, { expectedRevision: 3 })).ok).toBe(true);
  });

  test.each([0, 1, 3])('refuses at any other, and names the current one: %s', async (expectedRevision) => {
    await ledger.openPurse();
    await ledger.add(1);
    expect(refusal(await ledger.add(1, { expectedRevision }))).toEqual({
      kind: 'CONFLICT',
      message: `P1 is at revision 2, not ${expectedRevision}`,
      expectedRevision,
      currentRevision: 2,
    });
  });

  test('gives a conflict without a retry if another write comes in between', async () => {
    await ledger.openPurse();
    ledger.onAppend = once(() => ledger.add(1, {}, ledger.newHandler()));
    expect(refusal(await ledger.add(1, { expectedRevision: 1 }))).toMatchObject({
      kind: 'CONFLICT',
      expectedRevision: 1,
      currentRevision: 2,
    });
    expect(await ledger.coins()).toBe(1);
  });
});

describe('two processes that write to one entity', () => {
  test('decide one after the other: each decides on what the other has recorded', async () => {
    await ledger.openPurse();
    ledger.onAppend = once(() => ledger.add(FULL, {}, ledger.newHandler()));
    expect(refusal(await ledger.add(1))).toMatchObject({ kind: 'RULE_VIOLATION' });
    expect(await ledger.coins()).toBe(FULL);
  });

  test('lose no update', async () => {
    await ledger.openPurse();
    ledger.onAppend = once(() => ledger.add(2, {}, ledger.newHandler()));
    expect((await ledger.add(1)).ok).toBe(true);
    expect(await ledger.coins()).toBe(3);
  });

  test('create it only once', async () => {
    ledger.onAppend = once(() => ledger.openPurse({}, ledger.newHandler()));
    expect(refusal(await ledger.openPurse())).toEqual({ kind: 'CONFLICT', message: 'The purse is there' });
    expect(await ledger.events()).toHaveLength(1);
  });

  test('record the same command under the same key once, and give the same answer', async () => {
    await ledger.openPurse();
    const results: Result<CommandOutcome>[] = [];
    ledger.onAppend = once(async () =>
      results.push(await ledger.add([1, 2], { idempotencyKey: 'key' }, ledger.newHandler())),
    );
    results.push(await ledger.add([1, 2], { idempotencyKey: 'key' }));
    expect(done(results[0]!)).toEqual(done(results[1]!));
    expect(await ledger.coins()).toBe(3);
  });

  test('do so even if other commands come in between', async () => {
    await ledger.openPurse();
    const other = ledger.newHandler();
    const results: Result<CommandOutcome>[] = [];
    ledger.onAppend = once(async () => {
      results.push(await ledger.add(1, { idempotencyKey: 'key' }, other));
      await ledger.add(2, {}, other);
    });
    results.push(await ledger.add(1, { idempotencyKey: 'key' }));
    expect(done(results[0]!)).toEqual(done(results[1]!));
    expect(await ledger.coins()).toBe(3);
  });

  test('refuse the later of two different commands under the same key', async () => {
    await ledger.openPurse();
    ledger.onAppend = once(() => ledger.add(1, { idempotencyKey: 'key' }, ledger.newHandler()));
    expect(refusal(await ledger.add(2, { idempotencyKey: 'key' }))).toEqual({
      kind: 'CONFLICT',
      message: 'The idempotency key was used for another command on P1',
    });
    expect(await ledger.coins()).toBe(1);
  });

  test('do so for the commands that create an entity', async () => {
    ledger.onAppend = once(() => ledger.openPurse({ idempotencyKey: 'key' }, ledger.newHandler()));
    const other = ledger.openPurse({ idempotencyKey: 'key', input: 'something else' });
    expect(refusal(await other)).toMatchObject({ kind: 'CONFLICT' });
    expect(await ledger.events()).toHaveLength(1);
  });

  test('are both served: of 50 commands at once, as many succeed as the rules allow', async () => {
    await ledger.openPurse();
    const both = [ledger.handler, ledger.newHandler()];
    const results = await Promise.all(Array.from({ length: 50 }, (_, number) => ledger.add(1, {}, both[number % 2])));
    const positions = results.flatMap((result) => (result.ok ? [result.value.position] : []));
    expect(new Set(positions).size).toBe(FULL);
    expect(results.filter((result) => refusal(result)?.kind === 'RULE_VIOLATION')).toHaveLength(20);
    expect(await ledger.coins()).toBe(FULL);
  });

  test('get an outage, not a refusal, if one of them loses every attempt', async () => {
    await ledger.openPurse();
    jest.spyOn(Math, 'random').mockReturnValue(0);
    const other = ledger.newHandler();
    let interfering = false;
    let attempts = 0;
    ledger.onAppend = async () => {
      if (interfering) return;
      attempts++;
      interfering = true;
      await ledger.add(0, {}, other);
      interfering = false;
    };
    await expect(ledger.add(1)).rejects.toThrow(Outage);
    expect(attempts).toBe(20);
    expect(await ledger.coins()).toBe(0);
  });
});

test('the default effective date is the time at which the command is decided on the record it is added to', async () => {
  await ledger.openPurse();
  ledger.onAppend = once(async () => {
    await ledger.add(1, {}, ledger.newHandler());
    ledger.clock.move(1_000);
  });
  await ledger.add(2);
  expect((await ledger.events()).at(-1)!.metadata.effectiveAt).toBe(formatInstant(readInstant(NOW) + 1_000));
});
