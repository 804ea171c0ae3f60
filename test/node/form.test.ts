import type { INode, INodeParameters, INodeProperties } from 'n8n-workflow';
import { isObjectEmpty, NodeHelpers } from 'n8n-workflow';

import { endpointsOf } from '../../nodes/Aha/schema/endpoints';
import { ownOptions } from '../../nodes/Aha/schema/options';
import { needsWorkspace, OWN_RECORD, pathFields } from '../../nodes/Aha/schema/pathFields';
import { Aha } from '../../nodes/Aha/Aha.node.js';
import { resources } from '../../nodes/Aha/resources';
import { casesOf } from '../../tools/coverage/cases';

const { description } = new Aha();
const node = { name: 'Aha!', type: 'aha', typeVersion: 1, parameters: {} } as unknown as INode;

/** What n8n keeps of a form, with defaults for what was not filled in. */
const filledIn = (parameters: INodeParameters): INodeParameters =>
	NodeHelpers.getNodeParameters(
		description.properties,
		{ authentication: 'apiKey', ...parameters },
		true,
		false,
		node,
		description,
	) as INodeParameters;

/** The fields that n8n shows, in their order. */
const shown = (
	fields: INodeProperties[],
	values: INodeParameters,
	root: INodeParameters,
): INodeProperties[] =>
	fields.filter((field) => NodeHelpers.displayParameter(values, field, node, description, root));

const optionsShown = (field: INodeProperties, root: INodeParameters): INodeProperties[] =>
	shown(field.options as INodeProperties[], {}, root);

const namesOf = (fields: INodeProperties[]): string[] => fields.map(({ name }) => name).sort();

const isCollection = ({ type }: INodeProperties): boolean => type === 'collection';

const cases = resources.flatMap((resource) =>
	resource.operations.flatMap((operation) =>
		casesOf(resource, operation, {}).map((run) => ({ ...run, resource, operation })),
	),
);

/** Fields that show for other reasons than that they are parameters of Aha!. */
const COMMON = ['authentication', 'resource', 'operation'];

describe.each(cases)('the form of $name', ({ parameters, resource, operation }) => {
	const { filters, additionalFields, options: query, ...top } = parameters;
	const options = { ...(query as INodeParameters), ...ownOptions(resource, operation) };
	const collections = Object.entries({ filters, additionalFields, options }).filter(
		([, values]) => values !== undefined && !isObjectEmpty(values as INodeParameters),
	) as Array<[string, INodeParameters]>;
	const endpoint = endpointsOf(operation).find(([key]) => key === (parameters.belongsTo ?? ''));
	const values = filledIn(parameters);
	const fields = shown(description.properties, values, values);

	it('shows its fields and no others, each once', () => {
		const wanted = new Set([...COMMON, ...Object.keys(top), ...collections.map(([name]) => name)]);
		const isList = Object.entries(operation.paginatedWhen ?? {}).every(([name, values]) =>
			values.includes(String(parameters[name])),
		);
		if (!isList) wanted.delete('returnAll');
		// A workspace fills the lists, also where it is no parameter, unless the record tells it.
		const names = endpointsOf(operation).flatMap(([, one]) =>
			pathFields(resource.value, operation, one).map(({ name }) => name),
		);
		const isTold =
			new Set(names).size === 1 &&
			names[0] === OWN_RECORD &&
			!('product_id' in (operation.required ?? {}));
		if (endpoint && needsWorkspace(operation, endpoint[1]) && !isTold) wanted.add('product_id');
		expect(namesOf(fields)).toEqual([...wanted].sort());
	});

	it('has each option of a collection once, in the order of the labels', () => {
		const given = fields.filter(isCollection).map((field) => {
			const shownOptions = optionsShown(field, values);
			const labels = shownOptions.map(({ displayName }) => displayName);
			expect(labels).toEqual([...labels].sort((a, b) => a.localeCompare(b)));
			return [field.name, namesOf(shownOptions)] as const;
		});
		expect(Object.fromEntries(given)).toEqual(
			Object.fromEntries(collections.map(([name, inside]) => [name, Object.keys(inside).sort()])),
		);
	});

	it('has its filters first, then additional fields, then options', () => {
		const order = ['filters', 'additionalFields', 'options'];
		const names = fields.filter(isCollection).map(({ name }) => name);
		expect(names).toEqual(order.filter((name) => names.includes(name)));
	});

	it('has no label twice', () => {
		for (const some of [
			fields,
			...fields.filter(isCollection).map((f) => optionsShown(f, values)),
		]) {
			const labels = some.map(({ displayName }) => displayName);
			expect(labels.filter((label, index) => labels.indexOf(label) !== index)).toEqual([]);
		}
	});
});

it('forgets what was chosen for another operation', () => {
	const values = filledIn({ resource: 'feature', operation: 'get', belongsTo: 'epic' });
	expect(values).not.toHaveProperty('belongsTo');
	expect(namesOf(shown(description.properties, values, values))).not.toContain('epic_id');
});
