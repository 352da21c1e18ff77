import { Field, FieldReading } from '../../input/field';
import { decimal } from '../../input/fields';
import { Decimal } from '../../kernel/decimal';

/** The points of a line or an item: above 0, at most 100, with at most 2 decimals. */
export const points = (description = ''): Field<Decimal> => {
  const field = decimal(description, { min: '0.01', max: '100' });
  return {
    ...field,
    read(sent, reading) {
      const value = field.read(sent, reading);
      if (/\.\d{3}/.test(value)) reading.refuse('must have at most 2 decimals');
      return value;
    },
  };
};

/** A number inside a JSON value: a text, or a JSON number as it is printed. */
export const inJson = (field: Field<Decimal>): Field<Decimal> => ({
  ...field,
  read: (sent: unknown, reading: FieldReading) => field.read(typeof sent === 'number' ? String(sent) : sent, reading),
});
