import type {
	INode,
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyRegexValidation,
} from 'n8n-workflow';
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

/** A record before one is chosen. */
const FROM_LIST = { __rl: true, mode: 'list', value: '' };

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
			record: FROM_LIST,
			...(operation.paginated && { returnAll: false }),
			...(belongsTo && { belongsTo }),
		};
		const own = draftsOf(resource, operation).map(({ property, show }) => ({
			...property,
			displayOptions: { show: { ...show, ...property.displayOptions?.show } },
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

/** Properties with those inside of collections. */
const withInner = (property: INodeProperties): INodeProperties[] =>
	property.type === 'collection'
		? [property, ...(property.options as INodeProperties[])]
		: [property];

/** The properties of a node and of each of its collections, each level on its own. */
const levelsOf = (properties: readonly INodeProperties[]): Array<readonly INodeProperties[]> => [
	properties,
	...properties.flatMap(({ type, options = [] }) => {
		if (type === 'collection') return levelsOf(options as INodeProperties[]);
		if (type !== 'fixedCollection') return [];
		return (options as INodePropertyCollection[]).flatMap(({ values }) => levelsOf(values));
	}),
];

test.each([new Aha(), new AhaTrigger(), new AhaWebhookTrigger()])(
	'n8n 2.0 finds what the conditions of %# are about',
	({ description }) => {
		const unknown = levelsOf(description.properties).flatMap((level) => {
			const names = new Set(level.map(({ name }) => name));
			return level
				.flatMap(({ displayOptions = {} }) => Object.values(displayOptions).flatMap(Object.keys))
				.filter((key) => !names.has(key) && !/^[/@]/.test(key));
		});
		expect(unknown).toEqual([]);
	},
);

describe('a field for one record', () => {
	const locators = form
		.flatMap(withInner)
		.filter(({ type }) => type === 'resourceLocator')
		.map(({ displayName, name, modes = [] }) => ({ displayName, name, modes }));

	/** n8n shows its own labels for these modes, whatever the node says. */
	const LABELS: Readonly<Record<string, string>> = {
		list: 'From List',
		id: 'By ID',
		url: 'By URL',
	};

	test('can be filled in from a list, by what names the record, and by its URL', () => {
		const ways = new Set(locators.map(({ modes }) => modes.map((mode) => mode.name).join(' ')));
		expect([...ways].sort()).toEqual([
			'id url',
			'list email',
			'list id url',
			'list name',
			'list reference url',
			'list status',
		]);
	});

	test.each(Object.entries(LABELS))(
		'has the mode %s by the label that n8n shows',
		(name, label) => {
			const labels = locators
				.flatMap(({ modes }) => modes)
				.filter((mode) => mode.name === name)
				.map((mode) => mode.displayName);
			expect([...new Set(labels)]).toEqual([label]);
		},
	);

	test('takes the URL of a page and nothing else in its URL mode', () => {
		const patterns = locators.flatMap(({ modes }) =>
			modes.flatMap(({ validation = [] }) =>
				validation.map((rule) => (rule as INodePropertyRegexValidation).properties.regex),
			),
		);
		expect(new Set(patterns).size).toBe(1);
		const pattern = new RegExp(`^${patterns[0]}$`);
		expect('https://mycompany.aha.io/features/PRJ1-12').toMatch(pattern);
		expect('https://ideas.example.com/ideas/PRJ1-I-5').toMatch(pattern);
		for (const text of ['PRJ1-12', '7046921103', 'Release 5.0', 'https://']) {
			expect(text).not.toMatch(pattern);
		}
	});

	test.each([
		['feature', 'get', 'record', 'Feature', 'By Reference or ID'],
		['ideaPortal', 'getPortalUser', 'record', 'Portal User', 'By ID'],
		['savedReport', 'getRows', 'record', 'Saved Report', 'By ID'],
		['requirement', 'create', 'feature_id', 'Feature', 'By Reference or ID'],
		['release', 'create', 'product_id', 'Workspace', 'By Prefix or ID'],
		['feature', 'update', 'product_id', 'Workspace for Lists', 'By Prefix or ID'],
	])('is called what it is: %s > %s, %s', (resource, operation, name, label, typed) => {
		const [field] = drawn(form, { resource, operation, record: FROM_LIST }).filter(
			(one) => one.name === name,
		);
		expect(field.displayName).toBe(label);
		expect(field.modes?.map((mode) => mode.displayName)).toContain(typed);
	});

	test('that has no other use than to fill lists says so and comes after the record', () => {
		const names = drawn(form, { resource: 'feature', operation: 'update', record: FROM_LIST }).map(
			({ name }) => name,
		);
		expect(names.indexOf('product_id')).toBeGreaterThan(names.indexOf('record'));
		const helpers = form.filter(({ displayName }) => displayName === 'Workspace for Lists');
		expect(helpers.length).toBeGreaterThan(0);
		for (const { hint, required } of helpers) {
			expect(hint).toBe('Only fills the lists of this form. It is not sent to Aha!');
			expect(required).toBeUndefined();
		}
	});
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
