import { NewEvent } from '../../../src/event-store/envelope';
import { Proposed } from './log';

/** An event as another program would append it. */
export const proposed = ({ id, type, data, metadata }: NewEvent): Proposed => ({
  id,
  type,
  isJson: true,
  data: Buffer.from(JSON.stringify(data)),
  metadata: Buffer.from(JSON.stringify(metadata)),
});
