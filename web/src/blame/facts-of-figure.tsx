import { formatFen, formatYuan, UNIT_SIGNS, writeYuan } from '../language/money';
import { say } from '../language/say';
import { Answered, Empty } from '../layout/asked';
import { unit } from '../preferences/preferences';
import { showDayOf } from '../session/ledger';
import { ENTRY_KINDS, ENTRY_STATES } from '../terms/budgets';
import { ChangeDetails } from './change-details';
import { addedBy, WantedFacts } from './facts';
import { LaterChanges } from './later-changes';
import { BlamedField } from './blamed-field';
import { Entry, useFacts } from './read-facts';
import { BLAME_TEXTS } from './texts';

interface Props {
  readonly field: BlamedField;
  readonly wanted: WantedFacts;
}

/** The facts that add up to an amount: what each first said, what it says now, and what corrected it. */
export function FactsOfFigure({ field: { id, source }, wanted: { kinds, line } }: Props) {
  const { days } = source;
  const variables = { id, kinds: [...kinds], line, effectiveFrom: days?.from, effectiveTo: days?.to };
  const asked = useFacts(variables);
  return (
    <section>
      <h3>{say(BLAME_TEXTS.facts)}</h3>
      <Answered asked={asked}>
        {({ nodes: facts, isWhole }) => (
          <>
            {facts.length === 0 && <Empty>{say(BLAME_TEXTS.noFacts)}</Empty>}
            {isWhole ? <Sum entries={facts} line={line} /> : <p class="quiet">{say(BLAME_TEXTS.firstFacts)}</p>}
            <ol class="fact-list">
              {facts.map((entry) => (
                <FactItem key={`${entry.change.eventId}/${entry.line}`} entry={entry} line={line} />
              ))}
            </ol>
          </>
        )}
      </Answered>
    </section>
  );
}

function Sum({ entries, line }: { readonly entries: readonly Entry[]; readonly line: string | undefined }) {
  const sum = entries.reduce((total, entry) => total + addedBy(entry, line), 0n);
  return (
    <p class="sum">
      {say(BLAME_TEXTS.sum)}: <strong class="number">{formatFen(sum, unit.value)}</strong> {say(UNIT_SIGNS[unit.value])}
    </p>
  );
}

function FactItem({ entry, line }: { readonly entry: Entry; readonly line: string | undefined }) {
  const { kind, state, amount, amountFirstRecorded, effectiveAt, effectiveAtFirstRecorded, change } = entry;
  const added = formatYuan(writeYuan(addedBy(entry, line)), unit.value);
  const lines = entry.toLine === null ? entry.line : `${entry.line} → ${entry.toLine}`;
  const isRestated = amount !== amountFirstRecorded || effectiveAt !== effectiveAtFirstRecorded;
  return (
    <li>
      <details>
        <summary>
          <span class="fact-day">{showDayOf(effectiveAt)}</span>{' '}
          <span>
            {say(ENTRY_KINDS[kind])} <span class="quiet">{lines}</span>
            {state !== 'IN_FORCE' && <span class="tag">{say(ENTRY_STATES[state])}</span>}
          </span>{' '}
          <strong class="number">{added}</strong>
        </summary>
        {isRestated && (
          <p class="first-said">
            {say(BLAME_TEXTS.firstSaid)}{' '}
            <del>{`${formatYuan(amountFirstRecorded, unit.value)} · ${showDayOf(effectiveAtFirstRecorded)}`}</del>{' '}
            <span aria-hidden="true">→</span>{' '}
            <ins>{`${formatYuan(amount, unit.value)} · ${showDayOf(effectiveAt)}`}</ins>
          </p>
        )}
        <ChangeDetails change={change} />
        <LaterChanges
          title={say(BLAME_TEXTS.correctedBy)}
          changes={entry.correctionsPage.nodes}
          hasMore={entry.correctionsPage.pageInfo.hasNextPage}
        />
        <LaterChanges
          title={say(BLAME_TEXTS.reversedBy)}
          changes={entry.reversalsPage.nodes}
          hasMore={entry.reversalsPage.pageInfo.hasNextPage}
        />
      </details>
    </li>
  );
}
