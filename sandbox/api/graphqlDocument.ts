import type {
	DocumentNode,
	FragmentDefinitionNode,
	NamedTypeNode,
	SelectionSetNode,
} from 'graphql';
import { getOperationAST, GraphQLError, Kind, parse, valueFromASTUntyped } from 'graphql';

type Values = Readonly<Record<string, unknown>>;

/** A field that a query selects. */
export interface Field {
	readonly name: string;
	/** Its key in the response: the alias, or else the name. */
	readonly responseKey: string;
	readonly arguments: Values;
	/** Fields selected within it; those of fragments are among them. */
	readonly fields: readonly Field[];
	/** Types of the fragments that it is in: it is only read from records of these. */
	readonly on: readonly string[];
}

export interface Operation {
	readonly type: 'query' | 'mutation' | 'subscription';
	readonly fields: readonly Field[];
}

/**
 * Parses a document with a single operation. Directives are ignored.
 *
 * @throws GraphQLError when the document is not valid, or has no operation or several
 */
export function parseDocument(text: string, variables: Values): Operation {
	const document = parse(text);
	const operation = operationIn(document);
	const defaults = (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [
		variable.name.value,
		defaultValue && valueFromASTUntyped(defaultValue),
	]);
	const values = { ...(Object.fromEntries(defaults) as Values), ...variables };
	return { type: operation.operation, fields: fieldsOf(operation.selectionSet, document, values) };
}

/** Whether a document changes records; false when it is not valid. */
export function isMutation(text: string): boolean {
	try {
		return operationIn(parse(text)).operation === 'mutation';
	} catch {
		return false;
	}
}

function operationIn(document: DocumentNode) {
	const operation = getOperationAST(document);
	if (!operation) throw new GraphQLError('The document must contain exactly one operation');
	return operation;
}

function fieldsOf(
	{ selections }: SelectionSetNode,
	document: DocumentNode,
	variables: Values,
): Field[] {
	const within = (set?: SelectionSetNode) => (set ? fieldsOf(set, document, variables) : []);
	const onType = (type: NamedTypeNode | undefined, set: SelectionSetNode) =>
		within(set).map((field) => (type ? { ...field, on: [...field.on, type.name.value] } : field));
	return selections.flatMap((selection) => {
		if (selection.kind === Kind.INLINE_FRAGMENT) {
			return onType(selection.typeCondition, selection.selectionSet);
		}
		const name = selection.name.value;
		if (selection.kind === Kind.FRAGMENT_SPREAD) {
			const { typeCondition, selectionSet } = fragmentIn(document, name);
			return onType(typeCondition, selectionSet);
		}
		const given = (selection.arguments ?? []).map((argument) => [
			argument.name.value,
			valueFromASTUntyped(argument.value, variables),
		]);
		return {
			name,
			responseKey: selection.alias?.value ?? name,
			arguments: Object.fromEntries(given) as Values,
			fields: within(selection.selectionSet),
			on: [],
		};
	});
}

function fragmentIn({ definitions }: DocumentNode, name: string): FragmentDefinitionNode {
	for (const definition of definitions) {
		if (definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name) {
			return definition;
		}
	}
	throw new GraphQLError(`Fragment ${name} was used, but not defined`);
}
