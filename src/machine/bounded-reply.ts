/** The text of a reply. Throws if it is longer. */
export async function readBounded(response: Response, maxBytes: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let step = await reader?.read(); step?.value !== undefined; step = await reader?.read()) {
    bytes += step.value.length;
    if (bytes > maxBytes) {
      await reader?.cancel();
      throw new Error(`it answers more than ${maxBytes} bytes`);
    }
    parts.push(step.value);
  }
  return Buffer.concat(parts).toString('utf8');
}
