/** A page in the background draws no frames. */
const LONGEST_MS = 250;

/** Resolves after the next frame has been drawn, and soon if the browser draws none. */
export function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const longest = setTimeout(resolve, LONGEST_MS);
    requestAnimationFrame(() => {
      clearTimeout(longest);
      // A task of its own: the frame is drawn first.
      setTimeout(resolve);
    });
  });
}
