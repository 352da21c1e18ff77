import { RevokedTokens } from '../../src/auth/revoked-tokens';
import { whenTokenEnds } from '../../src/auth/token-end';

let revoked: RevokedTokens;
beforeEach(() => {
  jest.useFakeTimers();
  revoked = new RevokedTokens();
});
afterEach(() => {
  jest.useRealTimers();
});

function started({ isRevocable = true } = {}) {
  const act = jest.fn();
  const onRevoked = isRevocable ? (end: () => void) => revoked.onRevoked('t1', end) : undefined;
  const stop = whenTokenEnds({ expiresAt: Date.now() + 1_000, onRevoked }, act);
  return { act, stop };
}

test('a token that expires ends once, and nobody waits for it any more', () => {
  const { act } = started();
  jest.advanceTimersByTime(999);
  expect(act).not.toHaveBeenCalled();
  jest.advanceTimersByTime(1);
  revoked.revoke(['t1']);
  expect(act.mock.calls).toEqual([['expired']]);
});

test('a token that is revoked ends at once, and does not expire after that', () => {
  const { act } = started();
  revoked.revoke(['t2']);
  expect(act).not.toHaveBeenCalled();
  revoked.revoke(['t1']);
  expect(jest.getTimerCount()).toBe(0);
  jest.advanceTimersByTime(2_000);
  expect(act.mock.calls).toEqual([['revoked']]);
});

test('whoever has stopped waiting hears of neither', () => {
  const { act, stop } = started();
  stop();
  expect(jest.getTimerCount()).toBe(0);
  revoked.revoke(['t1']);
  jest.advanceTimersByTime(2_000);
  expect(act).not.toHaveBeenCalled();
});

test('a token that cannot be revoked expires', () => {
  const { act } = started({ isRevocable: false });
  jest.advanceTimersByTime(1_000);
  expect(act.mock.calls).toEqual([['expired']]);
});
