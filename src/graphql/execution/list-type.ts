import { getNullableType, GraphQLOutputType, isListType } from 'graphql';

/** Whether a field of this type is answered with a list. */
export const isList = (type: GraphQLOutputType): boolean => isListType(getNullableType(type));
