import { readBounded } from '../../src/machine/bounded-reply';

/** A reply in parts, and how many of them were asked for. */
function replyOf(...parts: readonly (string | Buffer)[]) {
  let sent = 0;
  let isCancelled = false;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const part = parts[sent++];
        if (part === undefined) controller.close();
        else controller.enqueue(Buffer.from(part as string));
      },
      cancel() {
        isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { response: new Response(body), sent: () => sent, isCancelled: () => isCancelled };
}

test('a reply that is not too long is read as a whole, also if a letter is in two parts', async () => {
  const [first, second] = [Buffer.from('绩').subarray(0, 1), Buffer.from('绩').subarray(1)];
  expect(await readBounded(replyOf('a', first, second).response, 4)).toBe('a绩');
  expect(await readBounded(new Response(null), 0)).toBe('');
});

test('a reply that is too long is not read any further', async () => {
  const reply = replyOf('ab', 'cde', 'f', 'g');
  await expect(readBounded(reply.response, 4)).rejects.toThrow('it answers more than 4 bytes');
  expect(reply.sent()).toBe(2);
  expect(reply.isCancelled()).toBe(true);
});
