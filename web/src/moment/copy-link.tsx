import { useState } from 'preact/hooks';
import { ask } from '../api/ask';
import { ResolvedMomentDocument } from '../generated/documents';
import { say } from '../language/say';
import { writeAddress } from '../routing/place';
import { moment, place } from '../routing/router';

/** Copies a link that shows the same figures for ever: it names the place in the ledger that is shown now. */
export function CopyLink() {
  const [copied, setCopied] = useState('');
  const copy = async (): Promise<void> => {
    const at = moment.value;
    const answer = await ask(ResolvedMomentDocument, { at });
    if (!answer.ok || answer.data.asOf === null) return;
    const { position } = answer.data.asOf;
    const link = writeAddress({ place: place.value, moment: { position, effectiveAt: at.effectiveAt } });
    const address = new URL(link, location.href).href;
    await navigator.clipboard.writeText(address);
    setCopied(address);
  };
  return (
    <>
      <button type="button" onClick={() => void copy()}>
        {say(TEXTS.copy)}
      </button>
      <span class="quiet" role="status">
        {copied === '' ? '' : say(TEXTS.copied)}
      </span>
    </>
  );
}

const TEXTS = {
  copy: { zh: '复制固定链接', en: 'Copy lasting link' },
  copied: { zh: '已复制', en: 'Copied' },
};
