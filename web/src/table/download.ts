const KEPT_MS = 10_000;

/** Has the browser save the content as a file. */
export function download(name: string, content: BlobPart, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Some browsers read it later than the click.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, KEPT_MS);
}
