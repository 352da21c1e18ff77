import { Moment } from '../moment/moment';
import { FieldSource } from './figure-source';

/** A figure of one entity, with everything that is known about where it comes from. */
export interface BlamedField {
  readonly source: FieldSource & { readonly path: string };
  readonly at: Moment;
  /** The id of the entity at the moment. */
  readonly id: string;
}
