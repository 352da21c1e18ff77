import { HeldChanges } from '../../src/exports/evidence/held-changes';

const FULL = 50_000;

test('the changes that one caller holds at the same time are limited until they are released', () => {
  const held = new HeldChanges();
  const first = held.roomFor('a');
  first.take(FULL);
  const second = held.roomFor('a');
  expect(() => {
    second.take(1);
  }).toThrow('Too many evidence files are under way');
  first.release();
  first.release();
  second.take(FULL);
  expect(() => {
    held.roomFor('a').take(1);
  }).toThrow('Too many evidence files are under way');
});

test('all callers together may hold four times as many', () => {
  const held = new HeldChanges();
  for (const caller of ['a', 'b', 'c', 'd']) held.roomFor(caller).take(FULL);
  expect(() => {
    held.roomFor('e').take(1);
  }).toThrow('Too many evidence files are under way');
});

test('a file that nobody waits for any more takes no room', () => {
  const room = new HeldChanges().roomFor('a');
  room.release();
  expect(() => {
    room.take(1);
  }).toThrow('The client has gone');
});
