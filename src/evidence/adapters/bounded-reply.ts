const MOST_BYTES = 65_536;

/** The text of a reply. Throws if it is longer than any checkpoint. */
export async function readBounded(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let step = await reader?.read(); step?.value !== undefined; step = await reader?.read()) {
    bytes += step.value.length;
    if (bytes > MOST_BYTES) {
      await reader?.cancel();
      throw new Error(`it answers more than ${MOST_BYTES} bytes`);
    }
    parts.push(step.value);
  }
  return Buffer.concat(parts).toString('utf8');
}
