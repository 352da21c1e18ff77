import { IndicatorDirection, IndicatorLevel1, IndicatorLevel2, ValueQualifier } from '../../features/indicators/events';
import { Decimal } from '../../kernel/decimal';
import { Fen } from '../../kernel/money';
import { FormId, FundRow } from '../layouts/layout';
import { CellPlace } from './answers';

/** A value, and the cell that says it. */
export interface Said<Value> {
  readonly value: Value;
  readonly place: CellPlace;
}

/** What a form says, before the ledger is looked at. */
export interface FormReading {
  readonly form: FormId;
  readonly about: FormSubject;
  readonly funds: readonly FundsRead[];
  readonly goals: readonly Said<string>[];
  readonly indicators: readonly IndicatorRead[];
}

/** What the head of a form says that it is about. */
export interface FormSubject {
  readonly project?: Said<string>;
  readonly projectCode?: Said<string>;
  /** A code of the ledger. */
  readonly department?: Said<string>;
  readonly fiscalYear?: Said<number>;
}

/** A row of money. The total is read only if no source has an amount. */
export interface FundsRead {
  readonly row: FundRow;
  readonly code?: string;
  readonly opening?: Said<Fen>;
  readonly revised?: Said<Fen>;
  readonly executed?: Said<Fen>;
}

export interface IndicatorRead {
  readonly place: CellPlace;
  readonly code?: string;
  readonly name: string;
  readonly level1: IndicatorLevel1;
  readonly level2: IndicatorLevel2;
  /** Left out if the row does not say. */
  readonly direction?: IndicatorDirection;
  readonly unit?: string;
  readonly target?: Said<Decimal>;
  readonly targetUpper?: Decimal;
  readonly points?: Said<Decimal>;
  readonly observation?: ObservationRead;
}

export interface ObservationRead {
  readonly place: CellPlace;
  readonly value?: Decimal;
  readonly text?: string;
  readonly qualifier: ValueQualifier;
}
