import { OperationEnded } from '../../src/kernel/telemetry';
import { logTelemetry } from '../../src/telemetry/log';

const OPERATION: OperationEnded = {
  kind: 'operation-ended',
  transport: 'http',
  type: 'query',
  rootFields: ['ledger'],
  outcome: 'ok',
  codes: [],
  ms: 10,
  requestId: 'r-1',
};

/** The levels of the lines that an operation writes. */
function levelsOf(operation: Partial<OperationEnded>, accessLog = true): string[] {
  const levels: string[] = [];
  const at = (level: string) => () => void levels.push(level);
  const log = { info: at('info'), warn: at('warn'), error: at('error') };
  logTelemetry(log, { accessLog, slowMs: 100 }).report({ ...OPERATION, ...operation });
  return levels;
}

test.each<[string, Partial<OperationEnded>, string[], string[]]>([
  ['that ended well', {}, ['info'], []],
  ['that the client caused to fail', { outcome: 'refused' }, ['info'], []],
  ['that met a fault', { outcome: 'fault' }, ['info'], ['info']],
  ['that met an outage', { outcome: 'unavailable' }, ['info'], ['info']],
  ['that was slow', { ms: 101 }, ['warn'], ['warn']],
  ['that is a long subscription', { type: 'subscription', ms: 1e6 }, ['info'], []],
  ['that is a long export', { type: 'export', ms: 1e6 }, ['info'], []],
])('an operation %s', (_, operation, withAccessLog, without) => {
  expect(levelsOf(operation)).toEqual(withAccessLog);
  expect(levelsOf(operation, false)).toEqual(without);
});
