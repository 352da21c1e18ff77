import { useState } from 'preact/hooks';
import { ask } from '../api/ask';
import { ResolvedMomentDocument } from '../generated/documents';
import { say } from '../language/say';
import { writeAddress } from '../routing/place';
import { hrefOf, moment, place } from '../routing/router';

/** Copies a link that shows the same figures for ever: it names the place in the ledger that is shown now. */
export function CopyLink() {
  const [outcome, setOutcome] = useState<{ readonly of: string; readonly text: keyof typeof TEXTS }>();
  const { view, parts, query } = place.value;
  const shown = hrefOf(view, parts, query);
  const copy = async (): Promise<void> => {
    const [at, where] = [moment.value, place.value];
    const answer = await ask(ResolvedMomentDocument, { at });
    if (!answer.ok || answer.data.asOf === null) {
      setOutcome({ of: shown, text: 'failed' });
      return;
    }
    const { position } = answer.data.asOf;
    const link = writeAddress({ place: where, moment: { position, effectiveAt: at.effectiveAt } });
    // Browsers have no clipboard for pages that come over plain HTTP from another machine.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    const isCopied = await clipboard?.writeText(new URL(link, location.href).href).then(
      () => true,
      () => false,
    );
    setOutcome({ of: shown, text: isCopied === true ? 'copied' : 'refused' });
  };
  return (
    <>
      <button type="button" onClick={() => void copy()}>
        {say(TEXTS.copy)}
      </button>
      <span class="quiet" role="status">
        {outcome?.of === shown ? say(TEXTS[outcome.text]) : ''}
      </span>
    </>
  );
}

const TEXTS = {
  copy: { zh: '复制固定链接', en: 'Copy lasting link' },
  copied: { zh: '已复制', en: 'Copied' },
  failed: { zh: '服务器没有答复', en: 'The server gave no answer' },
  refused: { zh: '浏览器不允许复制', en: 'The browser does not let it be copied' },
};
