import { GraphQLInputType, isLeafType, isListType, isNonNullType, isRequiredInputField } from 'graphql';
import { LeafCheck, leafCheck } from './leaf-values';

/** An input type, prepared for checking many values: finding out the kind of a graphql-js type takes several calls. */
export type InputPlan = { readonly nonNull: boolean } & (
  | { readonly kind: 'leaf'; readonly check: LeafCheck }
  | { readonly kind: 'list'; readonly item: InputPlan }
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, FieldPlan> }
);

export interface FieldPlan {
  readonly name: string;
  readonly required: boolean;
  readonly plan: InputPlan;
}

const plans = new WeakMap<GraphQLInputType, InputPlan>();

export function inputPlan(type: GraphQLInputType): InputPlan {
  let plan = plans.get(type);
  if (plan === undefined) plans.set(type, (plan = layOut(type)));
  return plan;
}

function layOut(type: GraphQLInputType): InputPlan {
  if (isNonNullType(type)) return { ...inputPlan(type.ofType), nonNull: true };
  if (isListType(type)) return { nonNull: false, kind: 'list', item: inputPlan(type.ofType) };
  if (isLeafType(type)) return { nonNull: false, kind: 'leaf', check: leafCheck(type) };
  const fields = new Map<string, FieldPlan>();
  const plan: InputPlan = { nonNull: false, kind: 'object', fields };
  // Set before its fields are planned: one of them may have this type.
  plans.set(type, plan);
  for (const field of Object.values(type.getFields())) {
    const { name } = field;
    fields.set(name, { name, required: isRequiredInputField(field), plan: inputPlan(field.type) });
  }
  return plan;
}
