import {
  GraphQLInputObjectType,
  GraphQLInputType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  Kind,
  ObjectValueNode,
  ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import { PathKey } from '../../kernel/json-pointer';
import { shortened, ViolationReport } from '../../kernel/violations';
import { leafCheck } from './leaf-values';
import { NOT_AN_OBJECT, NOT_NULL, REQUIRED, UNKNOWN_FIELD } from './value-judge';

/**
 * Checks a literal of a document against its type, with the same messages as the check of variables. Another rule checks variables
 * inside the literal. The limit on tokens bounds the size of the literal.
 */
export function judgeLiteral(
  node: ValueNode,
  type: GraphQLInputType,
  place: readonly PathKey[],
  report: ViolationReport,
): void {
  if (node.kind === Kind.VARIABLE) return;
  const nullable = isNonNullType(type) ? type.ofType : type;
  if (node.kind === Kind.NULL) {
    if (nullable !== type) report.add(place, NOT_NULL);
  } else if (isListType(nullable)) {
    const { ofType } = nullable;
    if (node.kind !== Kind.LIST) judgeLiteral(node, ofType, place, report);
    else
      node.values.forEach((item, index) => {
        judgeLiteral(item, ofType, [...place, index], report);
      });
  } else if (isInputObjectType(nullable)) {
    if (node.kind === Kind.OBJECT) judgeObject(node, nullable, place, report);
    else report.add(place, NOT_AN_OBJECT);
  } else {
    const { literals, accepts, message } = leafCheck(nullable);
    const isRight = literals.includes(node.kind) && accepts(valueFromASTUntyped(node));
    if (!isRight) report.add(place, message);
  }
}

function judgeObject(
  node: ObjectValueNode,
  type: GraphQLInputObjectType,
  place: readonly PathKey[],
  report: ViolationReport,
): void {
  const fields = type.getFields();
  const written = new Map(node.fields.map((field) => [field.name.value, field.value]));
  for (const field of Object.values(fields)) {
    const value = written.get(field.name);
    if (value !== undefined) judgeLiteral(value, field.type, [...place, field.name], report);
    else if (isRequiredInputField(field)) report.add([...place, field.name], REQUIRED);
  }
  for (const name of written.keys()) {
    if (fields[name] === undefined) report.add([...place, shortened(name)], UNKNOWN_FIELD);
  }
}
