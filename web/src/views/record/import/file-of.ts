/**
 * The file as it is now, in memory: it may be changed on disk before it is recorded. undefined: the browser could not read it, for
 * example because it was moved.
 */
export async function fileOf(chosen: File): Promise<File | undefined> {
  try {
    return new File([await chosen.arrayBuffer()], chosen.name, { type: chosen.type });
  } catch {
    return undefined;
  }
}
