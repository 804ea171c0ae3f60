import type {
	INode,
	INodeParameters,
	INodeProperties,
	INodePropertyOptions,
	INodeType,
	INodeTypes,
} from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Aha } from '../../../nodes/Aha/Aha.node';
import { operationFields } from '../../../nodes/Aha/form/operationFields';
import { resources } from '../../../nodes/Aha/resources';
import { AhaTrigger } from '../../../nodes/AhaTrigger/AhaTrigger.node';
import { AhaWebhookTrigger } from '../../../nodes/AhaWebhookTrigger/AhaWebhookTrigger.node';

/** A text that people read in the form, and where it is. */
interface Text {
	readonly where: string;
	readonly text: string;
}

const form = operationFields(resources);

/** Properties with those inside of collections. */
const fields = form.flatMap((property) =>
	property.type === 'collection'
		? [property, ...(property.options as INodeProperties[])]
		: [property],
);

const optionsOf = ({ type, options = [] }: INodeProperties): INodePropertyOptions[] =>
	type === 'options' ? (options as INodePropertyOptions[]) : [];

const operations = form
	.filter(({ name }) => name === 'operation')
	.flatMap((property) =>
		optionsOf(property).map((option) => ({
			...option,
			where: `${String(property.displayOptions?.show?.resource)} > ${option.name}`,
		})),
	);

const texts = (values: ReadonlyArray<readonly [string, string | undefined]>): Text[] =>
	values.flatMap(([where, text]) => (text === undefined ? [] : [{ where, text }]));

const titles = texts([
	...fields.map(({ name, displayName }) => [name, displayName] as const),
	...fields.flatMap((field) => optionsOf(field).map(({ name }) => [field.name, name] as const)),
	...fields.flatMap(({ name, modes = [] }) =>
		modes.map(({ displayName }) => [name, displayName] as const),
	),
]);

const actions = texts(operations.map(({ where, action }) => [where, action]));

const sentences = texts([
	...operations.map(({ where, description }) => [where, description] as const),
	...fields.map(({ name, description }) => [name, description] as const),
	...fields.flatMap((field) =>
		optionsOf(field).map(({ description }) => [field.name, description] as const),
	),
]);

const hints = texts(fields.map(({ name, hint }) => [name, hint]));
const placeholders = texts([
	...fields.map(({ name, placeholder }) => [name, placeholder] as const),
	...fields.flatMap(({ name, modes = [] }) =>
		modes.map(({ placeholder }) => [name, placeholder] as const),
	),
]);

const breaking = (all: readonly Text[], holds: (text: string) => unknown): string[] => {
	expect(all.length).toBeGreaterThan(0);
	return [
		...new Set(
			all.filter(({ text }) => !holds(text)).map(({ where, text }) => `${where}: ${text}`),
		),
	];
};

/** Names that have capitals inside. */
const SPECIAL = /GraphQL|OKRs|IDs|JSON|API|URL|HTML|ID|PI|Aha!|n8n/g;

/** Words that titles have in lower case, but at their start. */
const SMALL = 'a an and as at by for from in of on or per the to up via vs with'.split(' ');

describe('titles', () => {
	test('are in Title Case', () => {
		const isTitle = (text: string) =>
			text
				.split(/[ (/]/)
				.filter(Boolean)
				.every((word, index) =>
					/^[a-z]/.test(word) ? index > 0 && SMALL.includes(word.replace(/\W/g, '')) : true,
				);
		expect(breaking(titles, isTitle)).toEqual([]);
	});

	test('hold no camelCase, no underscore and no final dot', () => {
		const isPlain = (text: string) => !/[a-z][A-Z]|_|\.$/.test(text.replaceAll(SPECIAL, 'Word'));
		expect(breaking(titles, isPlain)).toEqual([]);
	});

	test("are words of Aha!'s screen, not of its API", () => {
		const ofApi =
			/\b(Product|Project|Task|Page|Endorsement|Idea User|Iteration|Workflow Kind|Workflow Status(?! Time)|Score Facts|Master|Imperative|Assigned to User)\b/;
		// Aha! still has paths of this name, beside those of epics.
		const known = ['Master Feature'];
		expect(breaking(titles, (text) => !ofApi.test(text) || known.includes(text))).toEqual([]);
	});
});

describe('actions', () => {
	test('are in sentence case, with no final dot', () => {
		const isSentence = (text: string) =>
			/^[A-Z][^A-Z_]*[^.]$/.test(text.replaceAll(SPECIAL, 'x').replace(/^x/, 'X'));
		expect(breaking(actions, isSentence)).toEqual([]);
	});

	test('differ from each other', () => {
		const all = actions.map(({ text }) => text);
		expect(all.filter((text, index) => all.indexOf(text) !== index)).toEqual([]);
	});
});

describe('descriptions', () => {
	test('are there for each operation, and say more than its action', () => {
		const bare = operations.filter(
			({ description, action }) => !description || description === action,
		);
		expect(bare.map(({ where }) => where)).toEqual([]);
	});

	test('are there for each field that a person fills in', () => {
		const filledIn = fields.filter(
			({ name, type }) => !['resource', 'operation'].includes(name) && type !== 'collection',
		);
		expect(filledIn.length).toBeGreaterThan(300);
		expect(filledIn.filter(({ description }) => !description).map(({ name }) => name)).toEqual([]);
	});

	test('start with a capital and end without a dot, unless they are several sentences', () => {
		const isWhole = (text: string) =>
			/^[A-Z]/.test(text) &&
			(/[.!?] [A-Z]/.test(text.replaceAll('Aha! ', 'Aha ')) || !/\.$/.test(text)) &&
			text.length <= 130;
		expect(breaking(sentences, isWhole)).toEqual([]);
	});

	test('of switches start with "Whether"', () => {
		const switches = texts(
			fields
				.filter(({ type }) => type === 'boolean')
				.map(({ name, description }) => [name, description]),
		);
		expect(breaking(switches, (text) => text.startsWith('Whether '))).toEqual([]);
	});
});

describe('placeholders', () => {
	test('are there for each text, and are examples', () => {
		const without = fields.filter(({ type, placeholder }) => type === 'string' && !placeholder);
		expect(without.map(({ name }) => name)).toEqual([]);
		const isExample = (text: string) => /^(e\.g\. |Add )/.test(text);
		expect(breaking(placeholders, isExample)).toEqual([]);
	});
});

/** What n8n shows below a node on the canvas. */
function subtitleOf(type: INodeType, parameters: INodeParameters): unknown {
	const base = { id: '1', name: 'Aha!', type: 'aha', typeVersion: 1 };
	const workflow = new Workflow({
		nodes: [{ ...base, position: [0, 0], parameters }],
		connections: {},
		active: false,
		nodeTypes: { getByNameAndVersion: () => type } as unknown as INodeTypes,
	});
	const node = workflow.getNode('Aha!') as INode;
	const { subtitle } = type.description;
	return workflow.expression.getSimpleParameterValue(node, subtitle, 'internal', {});
}

describe('the node on the canvas says what it does in words', () => {
	test.each([
		['feature', 'getAll', 'get many: feature'],
		['ideaVote', 'createProxyVote', 'create proxy vote: idea vote'],
		['release', 'upsert', 'create or update: release'],
		['toDo', 'update', 'update: to do'],
	])('%s > %s', (resource, operation, words) => {
		expect(subtitleOf(new Aha(), { resource, operation })).toBe(words);
	});

	test.each<[INodeParameters, string]>([
		[
			{ recordTypes: ['feature', 'keyResult'], events: ['created', 'statusChanged'] },
			'feature, key result: created, status changed',
		],
		[{ recordTypes: [], events: ['updated'] }, 'updated'],
	])('as a trigger: %j', (parameters, words) => {
		for (const trigger of [new AhaTrigger(), new AhaWebhookTrigger()]) {
			expect(subtitleOf(trigger, parameters)).toBe(words);
		}
	});
});

test('the entries of the trigger make sense in the list of n8n', () => {
	const { options = [] } =
		new AhaTrigger().description.properties.find(({ name }) => name === 'events') ?? {};
	const entries = (options as INodePropertyOptions[]).map(({ action }) => action);
	expect(entries).toContain('On feature status changed');
	for (const entry of entries) expect(entry).toMatch(/^On [a-z]+( [a-z]+)+$/);
});

describe('all words', () => {
	const all = [...titles, ...actions, ...sentences, ...hints];

	test('have the article that they take', () => {
		const vowel = '(?:[aeio]|[AEIO](?![a-z]*[A-Z])|u(?!s|ni)|h(?=our)|[AEFHILMNORSX](?=[A-Z]))';
		const wrong = new RegExp(`\\b[Aa] (?=${vowel})|\\b[Aa]n (?!${vowel})`);
		const hasArticle = (text: string) => !wrong.test(text.replaceAll('Aha!', 'Aha'));
		expect(['a idea', 'an user', 'an feature', 'a unit', 'an Aha! user'].map(hasArticle)).toEqual([
			...[false, false, false, true, true],
		]);
		expect(breaking(all, hasArticle)).toEqual([]);
	});

	test('stand alone and once', () => {
		expect(breaking(all, (text) => !/ {2}|\b(\w+) \1\b|^ | $/i.test(text))).toEqual([]);
	});

	// A new word goes into the list once it is read with care.
	test('are in the list of words that are spelled right', () => {
		const known = new Set(readFileSync(join(__dirname, 'words.txt'), 'utf8').trim().split('\n'));
		const used = new Set(
			all.flatMap(
				({ text }) =>
					text
						.replaceAll(/\{.*\}|\[.*\]|\S*[_\d]\S*|!'s/g, ' ')
						.toLowerCase()
						.match(/[a-z][a-z']*/g) ?? [],
			),
		);
		expect([...used].filter((word) => !known.has(word)).sort()).toEqual([]);
	});
});

describe('the order of the panel', () => {
	const names = (name: string): string[] =>
		form
			.filter((property) => property.name === name)
			.flatMap(optionsOf)
			.map(({ value }) => String(value));

	test('has first what people work with, last calls of the API', () => {
		const all = names('resource');
		expect(all.slice(0, 11)).toEqual([
			...['feature', 'idea', 'release', 'epic', 'requirement', 'initiative', 'goal', 'keyResult'],
			...['toDo', 'comment', 'workspace'],
		]);
		expect(all.at(-1)).toBe('account');
		for (const admin of [
			'user',
			'team',
			'schedule',
			'capacity',
			'paidSeatGroup',
			'accountBackup',
		]) {
			expect(all.indexOf(admin)).toBeGreaterThan(all.indexOf('ideaPortal'));
		}
	});

	test.each(resources.map(({ value }) => value))(
		'has the operations of %s in one order',
		(value) => {
			const order = ['create', 'get', 'getAll', 'update', 'upsert', 'delete'];
			const own = form
				.filter(({ name, displayOptions }) => {
					const of = displayOptions?.show?.resource as string[] | undefined;
					return name === 'operation' && of?.includes(value);
				})
				.flatMap(optionsOf)
				.map((option) => String(option.value));
			const common = own.filter((operation) => order.includes(operation));
			expect(own.slice(0, common.length)).toEqual(
				order.filter((operation) => own.includes(operation)),
			);
		},
	);
});
