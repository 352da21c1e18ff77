import { Text } from '../../language/language';
import { Field, Values } from '../field';
import { WriteDocument, WriteInput } from '../written';

/** A form for one mutation. */
export interface ActionForm<Input extends WriteInput> {
  /** The name of the mutation. */
  readonly command: string;
  readonly title: Text;
  readonly document: WriteDocument<Input>;
  readonly fields: readonly Field[];
  /** The input of the mutation. What it leaves to the server is not checked here. */
  readonly inputOf: (values: Values) => Input;
}
