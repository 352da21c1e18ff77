import { EntityType } from '../../generated/documents';

/** The figure that the map shows. */
export interface MappedFigure {
  readonly entityType: EntityType;
  readonly entity: string;
  readonly path: string;
}
