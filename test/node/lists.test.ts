import type { INodeParameters, INodeProperties, NodeParameterValueType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { Aha } from '../../nodes/Aha/Aha.node.js';
import { resources } from '../../nodes/Aha/resources';
import { choicesOf } from '../../nodes/Aha/schema/fields';
import { endpointsOf } from '../../nodes/Aha/schema/endpoints';
import { useNode } from './startedNode';

const node = useNode();
const byId = (value: string) => ({ __rl: true, mode: 'reference', value });
const aha = new Aha();
const { properties } = aha.description;

/** What n8n sets for a record before a person chooses one. */
const notChosen = Object.fromEntries(
	properties
		.filter(({ type }) => type === 'resourceLocator')
		.map(({ name, default: initial }) => [name, initial]),
) as INodeParameters;

/** Whether n8n shows a field for what is chosen. */
function isShown(property: INodeProperties, chosen: INodeParameters, form: INodeParameters) {
	const root = { ...notChosen, ...form };
	const values = chosen === form ? root : chosen;
	return NodeHelpers.displayParameter(values, property, { typeVersion: 1 }, aha.description, root);
}

const listOf = ({ modes = [], typeOptions }: INodeProperties): string | undefined =>
	modes.find(({ name }) => name === 'list')?.typeOptions?.searchListMethod ??
	typeOptions?.loadOptionsMethod;

/** What a person would choose: the first entry of a list. */
async function firstOf(list: string, property: INodeProperties, parameters: INodeParameters) {
	// A list that has to be searched finds what has these words.
	const words = property.modes?.[0].typeOptions?.searchFilterRequired ? 'a' : undefined;
	const { results } = await node().n8n.search(list, parameters, words);
	const [value] = results.map((one) => String(one.value));
	if (value === undefined) return undefined;
	return property.type === 'multiOptions' ? [value] : { __rl: true, mode: 'list', value };
}

interface OpenedList {
	readonly list: string;
	readonly field: string;
	readonly isEmpty: boolean;
	readonly problem?: string;
}

/** Fills in what has a list in a form, from top to bottom. */
async function fillIn(start: INodeParameters) {
	const parameters: INodeParameters = { authentication: 'apiKey', ...start };
	const lists: OpenedList[] = [];
	const take = async (property: INodeProperties, path: string): Promise<NodeParameterValueType> => {
		const list = listOf(property);
		const field = path + property.name;
		if (list === undefined || field in given) return given[field];
		try {
			const value = await firstOf(list, property, parameters);
			lists.push({ list, field, isEmpty: value === undefined });
			return value;
		} catch (error) {
			const { message } = error as Error;
			lists.push({ list, field, isEmpty: true, problem: message });
			return undefined;
		}
	};
	const fill = async (
		from: readonly INodeProperties[],
		values: INodeParameters,
		path = '',
	): Promise<void> => {
		// What says which list another field has comes first.
		const inOrder = [...from].sort((a, b) => +isListed(a) - +isListed(b));
		for (const property of path === '' ? from : inOrder) {
			if (property.name in values || !isShown(property, values, parameters)) continue;
			if (property.type === 'collection') {
				const inner: INodeParameters = {};
				values[property.name] = inner;
				await fill(property.options as INodeProperties[], inner, `${property.name}.`);
				continue;
			}
			const value = (await take(property, path)) ?? (path === '' ? property.default : undefined);
			if (value !== undefined) values[property.name] = value;
		}
	};
	await fill(properties, parameters);
	return { parameters, lists };
}

const isListed = (property: INodeProperties): boolean => listOf(property) !== undefined;

/** What is not chosen from a list: types of linked records, and records that have a list of others. */
const given: INodeParameters = {
	'additionalFields.taskable_type': 'Feature',
	'additionalFields.linked_record_type': 'Feature',
	'additionalFields.auditable_type': 'Feature',
	'additionalFields.associated_type': 'Feature',
	'filters.auditable_type': 'Feature',
	'filters.associated_type': 'Feature',
	model_class: 'Feature',
};

const forms = resources.flatMap((resource) =>
	resource.operations.flatMap((operation) => {
		const keys = endpointsOf(operation).map(([key]) => key);
		return (keys.length > 1 ? keys : [undefined]).map((belongsTo) => ({
			resource: resource.value,
			operation: operation.value,
			...(belongsTo !== undefined && { belongsTo }),
			...Object.fromEntries(
				Object.entries({ ...operation.required, ...operation.requiredQuery })
					.filter(([, field]) => field.kind === 'choice')
					.map(([name, field]) => [name, choicesOf(field)[0].value]),
			),
		}));
	}),
);

beforeAll(() => {
	const { store } = node().account;
	for (const { data } of store.all('goal')) data.time_frame = { id: '834757622', name: '2026 Q1' };
	const [comment] = [...store.all('idea_comment')];
	given.idea_id = byId(String(store.resolve(comment.data.idea)?.id));
	given.knowledge_base_id = byId([...store.all('knowledge_base')][0].id);
});

test('every list of every form opens, and is filled in from top to bottom', async () => {
	const problems: string[] = [];
	const filled = new Map<string, boolean>();
	for (const form of forms) {
		const { lists } = await fillIn(form);
		for (const { list, field, problem, isEmpty } of lists) {
			filled.set(list, (filled.get(list) ?? false) || !isEmpty);
			if (problem) problems.push(`${Object.values(form).join('.')} ${field} (${list}): ${problem}`);
		}
	}
	expect(problems).toEqual([]);
	const empty = [...filled].filter(([, isFilled]) => !isFilled).map(([list]) => list);
	// Nothing is deleted yet.
	expect(empty).toEqual(['deletedRecord']);
	expect(filled.size).toBeGreaterThan(60);
}, 300_000);
