import type { INode, INodeParameters, INodeProperties } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { AhaApiKey } from '../../../credentials/AhaApiKey.credentials';
import { AhaOAuth2Api } from '../../../credentials/AhaOAuth2Api.credentials';
import { Aha } from '../../../nodes/Aha/Aha.node';
import { compactForm } from '../../../nodes/Aha/form/compact';
import { draftsOf } from '../../../nodes/Aha/form/drafts';
import { endpointsOf } from '../../../nodes/Aha/schema/endpoints';
import { resources } from '../../../nodes/Aha/resources';
import { AhaTrigger } from '../../../nodes/AhaTrigger/AhaTrigger.node';
import { AhaWebhookTrigger } from '../../../nodes/AhaWebhookTrigger/AhaWebhookTrigger.node';

const form = compactForm(resources);

/** What n8n draws of some properties when the form is filled in like this, without conditions. */
function drawn(properties: readonly INodeProperties[], values: INodeParameters): INodeProperties[] {
	const node = { typeVersion: 1, parameters: values } as unknown as INode;
	return properties
		.filter((property) => NodeHelpers.displayParameter(values, property, node, null, values))
		.map(({ displayOptions: _conditions, ...property }) =>
			property.type === 'collection'
				? { ...property, options: drawn(property.options as INodeProperties[], values) }
				: property,
		);
}

const sorted = (properties: readonly INodeProperties[]): string[] =>
	properties.map((property) => JSON.stringify(property)).sort();

const filledIn = resources.flatMap((resource) =>
	resource.operations.flatMap((operation) => {
		const choices = endpointsOf(operation).map(([key]) => key);
		return (choices.length > 1 ? choices : [undefined]).map((belongsTo) => ({
			name: [resource.value, operation.value, belongsTo].filter(Boolean).join(' '),
			belongsTo,
			resource,
			operation,
		}));
	}),
);

describe('the form that all operations share', () => {
	it.each(filledIn)('shows the fields of $name and no other', (chosen) => {
		const { resource, operation, belongsTo } = chosen;
		const values: INodeParameters = {
			resource: resource.value,
			operation: operation.value,
			...(operation.paginated && { returnAll: false }),
			...(belongsTo && { belongsTo }),
		};
		const own = draftsOf(resource, operation).map(({ property, show }) => ({
			...property,
			displayOptions: show && { show },
		}));
		expect(sorted(drawn(form, values))).toEqual(sorted(drawn(own, values)));
	});
});

test('two fields of one name and different kinds are an error', () => {
	const [resource] = resources.filter(({ value }) => value === 'feature');
	const operations = resource.operations.map((operation) =>
		operation.value === 'update'
			? { ...operation, fields: { ...operation.fields, name: { kind: 'json' } as const } }
			: operation,
	) as typeof resource.operations;
	expect(() => compactForm([{ ...resource, operations }])).not.toThrow();
	const clashing = operations.map((operation) =>
		operation.value === 'create'
			? { ...operation, fields: { ...operation.fields, name: { kind: 'number' } as const } }
			: operation,
	) as typeof resource.operations;
	expect(() => compactForm([{ ...resource, operations: clashing }])).toThrow('two kinds of name');
});

// A single character beyond ASCII makes n8n keep the whole text in two bytes per character.
test.each([
	new Aha(),
	new AhaTrigger(),
	new AhaWebhookTrigger(),
	{ description: [new AhaApiKey(), new AhaOAuth2Api()] },
])('what n8n reads at its start of %# is plain ASCII', ({ description }) => {
	expect(JSON.stringify(description)).toMatch(/^[\x20-\x7e]+$/);
});
