import { useSnapshot } from '../../api/questions';
import { Figure, Percent } from '../../blame/figure';
import { FieldSource } from '../../blame/figure-source';
import { YearIndicatorsDocument } from '../../generated/documents';
import { say } from '../../language/say';
import { Answered, Empty } from '../../layout/asked';
import { More, usePages } from '../../paging/pages';
import { showDay } from '../../session/ledger';
import { decimalKey } from '../../table/sorting';
import { Column, Table } from '../../table/table';
import { LEVELS_1, LEVELS_2 } from '../../terms/indicators';
import { Year } from './year';
import { fileName } from './file-name';
import { Indicator, targetText, valueText } from './indicator-words';
import { INDICATOR_TEXTS } from './texts';

/** The indicators of the year: targets against values, with what is said about how exact a value is. */
export function Indicators({ year }: { readonly year: Year }) {
  const { after, pages } = usePages(year);
  const asked = useSnapshot(YearIndicatorsDocument, { ...year, after });
  const title = say(INDICATOR_TEXTS.title);
  return (
    <section>
      <Answered asked={asked}>
        {({ asOf }) => {
          const indicators = asOf?.indicators;
          if (!indicators || (indicators.nodes.length === 0 && after === undefined))
            return (
              <>
                <h2>{title}</h2>
                <Empty>{say(INDICATOR_TEXTS.none)}</Empty>
              </>
            );
          return (
            <>
              <Table
                caption={title}
                columns={COLUMNS()}
                rows={indicators.nodes}
                keyOf={({ code }) => code}
                order={{ column: 'indicator', isDescending: false }}
                fileName={fileName(year, 'indicators')}
              />
              <More pages={pages} page={indicators.pageInfo} />
            </>
          );
        }}
      </Answered>
    </section>
  );
}

const source = ({ code }: Indicator, path: string): FieldSource => ({
  kind: 'field',
  entityType: 'INDICATOR',
  entity: code,
  path,
});
const label = ({ name }: Indicator, text: keyof typeof INDICATOR_TEXTS): string =>
  `${name} · ${say(INDICATOR_TEXTS[text])}`;
const level = ({ level1, level2 }: Indicator): string => `${say(LEVELS_1[level1])} · ${say(LEVELS_2[level2])}`;
const reachedText = ({ reached }: Indicator): string =>
  say(reached === null ? INDICATOR_TEXTS.unknown : reached ? INDICATOR_TEXTS.yes : INDICATOR_TEXTS.no);

const COLUMNS = (): readonly Column<Indicator>[] => [
  {
    name: 'indicator',
    title: say(INDICATOR_TEXTS.indicator),
    cell: (indicator) => (
      <>
        <Figure label={indicator.code} text={indicator.name} source={source(indicator, '/name')} />{' '}
        <span class="quiet">{indicator.code}</span>
        {indicator.retired && <span class="tag">{say(INDICATOR_TEXTS.retired)}</span>}
      </>
    ),
    csv: { title: say(INDICATOR_TEXTS.indicator), cell: ({ code, name }) => `${code} ${name}` },
    sortKey: ({ code }) => code,
  },
  {
    name: 'level',
    title: say(INDICATOR_TEXTS.level),
    cell: (indicator) => <span class="nowrap">{level(indicator)}</span>,
    csv: { title: say(INDICATOR_TEXTS.level), cell: level },
    sortKey: level,
  },
  {
    name: 'target',
    title: say(INDICATOR_TEXTS.target),
    isFigure: true,
    cell: (indicator) => (
      <Figure
        label={label(indicator, 'target')}
        text={say(targetText(indicator))}
        source={source(indicator, '/target')}
      />
    ),
    csv: { title: say(INDICATOR_TEXTS.target), cell: (indicator) => say(targetText(indicator)) },
    sortKey: ({ target }) => decimalKey(target),
  },
  {
    name: 'value',
    title: say(INDICATOR_TEXTS.value),
    isFigure: true,
    cell: (indicator) => (
      <>
        {indicator.latest?.corrected === true && <span class="tag">{say(INDICATOR_TEXTS.corrected)}</span>}{' '}
        <Figure
          label={label(indicator, 'value')}
          text={say(valueText(indicator))}
          source={source(indicator, '/latest/value')}
        />
      </>
    ),
    csv: { title: say(INDICATOR_TEXTS.value), cell: (indicator) => say(valueText(indicator)) },
    sortKey: ({ latest }) => decimalKey(latest?.value ?? null),
  },
  {
    name: 'observed',
    title: say(INDICATOR_TEXTS.observed),
    cell: ({ latest }) => latest && <span class="nowrap">{showDay(latest.observedOn)}</span>,
    csv: { title: say(INDICATOR_TEXTS.observed), cell: ({ latest }) => latest?.observedOn ?? null },
    sortKey: ({ latest }) => latest?.observedOn ?? null,
  },
  {
    name: 'completion',
    title: say(INDICATOR_TEXTS.completion),
    isFigure: true,
    cell: (indicator) => (
      <Percent
        rate={indicator.completionRate}
        label={label(indicator, 'completion')}
        source={source(indicator, '/completionRate')}
      />
    ),
    csv: {
      title: `${say(INDICATOR_TEXTS.completion)} (%)`,
      cell: ({ completionRate }) => (completionRate === null ? null : { number: completionRate }),
    },
    sortKey: ({ completionRate }) => decimalKey(completionRate),
  },
  {
    name: 'reached',
    title: say(INDICATOR_TEXTS.reached),
    cell: (indicator) => (
      <span class={indicator.reached === false ? 'bad' : undefined}>
        <Figure
          label={label(indicator, 'reached')}
          text={reachedText(indicator)}
          source={source(indicator, '/reached')}
        />
      </span>
    ),
    csv: { title: say(INDICATOR_TEXTS.reached), cell: reachedText },
    sortKey: reachedText,
  },
];
