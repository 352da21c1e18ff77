interface Props {
  /** What is being done. */
  readonly text: string;
  /** How much of it is done, from 0 to 1. */
  readonly part: number;
}

/** What a map takes long for, and how far it has come. */
export const MapProgress = ({ text, part }: Props) => (
  <p role="status" aria-busy="true">
    <progress max={1} value={part} aria-label={text} /> {text}
  </p>
);
