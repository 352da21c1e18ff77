import { Field } from '../field';
import { Part } from './mapping';

/** The fields of a part, in order. Throws if the mapping names one that its dataset has not. */
export const fieldsOfPart = ({ dataset, fields }: Part): readonly Field[] =>
  fields.map((name) => {
    const field = dataset.fields.find((each) => each.name === name);
    if (field === undefined) throw new TypeError(`${dataset.name} has no field ${name}`);
    return field;
  });
