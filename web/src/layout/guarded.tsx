import { Component, ComponentChildren } from 'preact';
import { say } from '../language/say';
import './asked.css';

interface Props {
  /** What is drawn, as a text: if it is another one, it is tried again. */
  readonly shown: string;
  readonly children: ComponentChildren;
}

interface State {
  readonly problem?: string;
}

/** If a part of the page cannot be drawn, it says so, and the rest of the page stays. */
export class Guarded extends Component<Props, State> {
  override state: State = {};

  static override getDerivedStateFromError(error: unknown): State {
    return { problem: error instanceof Error ? error.message : String(error) };
  }

  override componentDidUpdate({ shown }: Props): void {
    if (shown !== this.props.shown && this.state.problem !== undefined) this.setState({ problem: undefined });
  }

  override render() {
    const { problem } = this.state;
    if (problem === undefined) return this.props.children;
    return (
      <div class="failed" role="alert">
        <p>
          <strong>{say(TEXTS.broken)}</strong>
        </p>
        <p class="details">
          <code>{problem}</code>
        </p>
        <button
          type="button"
          onClick={() => {
            this.setState({ problem: undefined });
          }}
        >
          {say(TEXTS.again)}
        </button>
      </div>
    );
  }
}

const TEXTS = {
  broken: { zh: '此部分无法显示。', en: 'This part of the page cannot be shown.' },
  again: { zh: '重试', en: 'Try again' },
};
