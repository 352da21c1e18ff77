import fc from 'fast-check';
import { Oracle, Place } from '../oracle/oracle';
import { fen, money } from '../oracle/numbers';
import { printed } from '../oracle/time';
import { DIMENSIONS, TOTALS_FIELDS, TotalsAsked } from '../oracle/totals';
import { clockOfHistory, historyArbitrary, play } from '../support/histories/history';
import { MakeReadModels, withLedger } from '../support/local-ledger';
import { PROPERTY_TIMEOUT_MS, runs } from '../support/property';

jest.setTimeout(PROPERTY_TIMEOUT_MS);

const VARIABLES = '$fiscalYear: Int!, $by: [TotalsDimension!], $filter: TotalsFilter';
const TOTALS = `totals(fiscalYear: $fiscalYear, by: $by, filter: $filter) { ${TOTALS_FIELDS} }`;
const AS_OF = `query($at: AsOfInput!, ${VARIABLES}) {
  asOf(at: $at) { ${TOTALS} budgets(first: 200) { nodes { fiscalYear opening adjustment executed } } }
}`;
const NOW = `query(${VARIABLES}) { ${TOTALS} }`;

/** Departments and sources that occur in histories, and some that do not. */
const filterArbitrary = fc.option(
  fc.record(
    {
      departments: fc.subarray(['D1', 'd-2', 'D9']),
      fundSources: fc.subarray(['GENERAL_PUBLIC_BUDGET', 'GOVERNMENT_FUND', 'UNATTRIBUTED', 'UNIT_FUNDS']),
    },
    { requiredKeys: [] },
  ),
);

const askedArbitrary: fc.Arbitrary<TotalsAsked> = fc.record({
  fiscalYear: fc.constantFrom(2023, 2023, 2023, 2024, 2022),
  by: fc.shuffledSubarray([...DIMENSIONS]),
  filter: filterArbitrary,
});

const MEASURES = ['opening', 'adjustment', 'executed'] as const;
type Amounts = Readonly<Record<(typeof MEASURES)[number], string>>;

const sumOf = (amounts: readonly Amounts[]) =>
  MEASURES.map((measure) => money(amounts.reduce((sum, { [measure]: amount }) => sum + fen(amount), 0n)));

/** The property, over the read models that `makeReadModels` returns; by default those in memory. */
export function describeTotals(makeReadModels?: MakeReadModels): void {
  // Every answer is at least one round trip there.
  const runsHere = runs(makeReadModels === undefined ? 8 : 3);

  it("the sums over budgets are the oracle's at any position and effective moment, and add up to the budgets", async () => {
    const questions = fc.array(fc.record({ asked: askedArbitrary, pick: fc.nat(9_999) }), {
      minLength: 25,
      maxLength: 25,
    });
    await fc.assert(
      fc.asyncProperty(historyArbitrary(50), questions, async (history, picked) => {
        const clock = clockOfHistory();
        await withLedger(
          clock,
          async (ledger) => {
            await play(history, ledger, clock);
            const oracle = new Oracle(await ledger.events());
            const positions = [0n, ...oracle.log.map(({ position }) => position)];
            const instants = oracle.instants().flatMap((instant) => [instant - 1, instant]);
            for (const { asked, pick } of picked) {
              const position = positions[pick % positions.length]!;
              // Most questions are about an effective moment.
              const effectiveAt = pick % 4 === 0 ? undefined : instants[pick % instants.length]!;
              const place: Place = { position, effectiveAt };
              const at = { position: String(position), effectiveAt: effectiveAt && printed(effectiveAt) };
              const { asOf } = await ledger.data(AS_OF, { at, ...asked });
              const { totals, budgets } = JSON.parse(JSON.stringify(asOf));
              expect(totals).toEqual(oracle.totals(asked, place));
              if (asked.filter !== null) continue;
              const ofYear = budgets.nodes.filter(({ fiscalYear }: any) => fiscalYear === asked.fiscalYear);
              expect(sumOf(totals)).toEqual(sumOf(ofYear));
            }
            const present = await ledger.head();
            const { asked } = picked[0]!;
            const { totals } = JSON.parse(JSON.stringify(await ledger.data(NOW, { ...asked })));
            expect(totals).toEqual(oracle.totals(asked, { position: present }));
          },
          makeReadModels,
        );
      }),
      runsHere,
    );
  });
}
