import type {
	IDataObject,
	INode,
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodeType,
	NodeParameterValueType,
} from 'n8n-workflow';
import { deepCopy, NodeHelpers } from 'n8n-workflow';

import { Aha } from '../../nodes/Aha/Aha.node.js';
import { resources } from '../../nodes/Aha/resources';
import { poll } from '../../nodes/Aha/triggers/poll';
import { receive } from '../../nodes/Aha/triggers/receive';
import { AhaTrigger } from '../../nodes/AhaTrigger/AhaTrigger.node.js';
import { AhaWebhookTrigger } from '../../nodes/AhaWebhookTrigger/AhaWebhookTrigger.node.js';
import { endpoints } from '../../sandbox/aha-api';
import { casesOf } from '../../tools/coverage/cases';
import { FIXED_VALUES } from '../../tools/coverage/facts';
import { matcher } from '../../tools/coverage/matcher';
import { respondTo } from '../../tools/coverage/responses';
import type { Harness } from '../../tools/harness';
import { harness } from '../../tools/harness';
import type { Recorder } from '../../tools/harness/recorder';
import { startRecorder } from '../../tools/harness/recorder';
import {
	auditAt,
	FakeAccount,
	NOON,
	pollContext,
	webhookContext,
} from '../unit/triggers/fakeAccount';

let aha: Recorder;
let n8n: Harness;

beforeAll(async () => {
	const match = matcher(endpoints);
	aha = await startRecorder((request) => respondTo(request, match(request)[0], aha.requests));
	const ahaApiKey = { accountDomain: 'mycompany', apiKey: 'sandbox-key-owner' };
	n8n = await harness({ env: aha.env, credentials: { ahaApiKey } });
});

afterAll(async () => {
	n8n.stop();
	await aha.stop();
});

beforeEach(() => (aha.requests.length = 0));

const node = { typeVersion: 1, parameters: {} } as unknown as INode;

const shown = (
	type: INodeType,
	fields: INodeProperties[],
	values: INodeParameters,
	root: INodeParameters,
): INodeProperties[] =>
	fields.filter((field) =>
		NodeHelpers.displayParameter(values, field, node, type.description, root),
	);

const valuesOf = (type: INodeType, parameters: INodeParameters): INodeParameters =>
	NodeHelpers.getNodeParameters(
		type.description.properties,
		{ authentication: 'apiKey', ...parameters },
		true,
		false,
		node,
		type.description,
	) as INodeParameters;

/** What n8n's editor stores for a field that is added to a collection, and left as it is. */
function asAdded({ type, typeOptions, default: value }: INodeProperties): NodeParameterValueType {
	if (!typeOptions?.multipleValues) return deepCopy(value) as NodeParameterValueType;
	return type === 'fixedCollection' ? {} : ([deepCopy(value)] as NodeParameterValueType);
}

type EmptyCollection = (field: INodeProperties, options: INodeProperties[]) => unknown;

const groupsOf = ({ options = [], typeOptions }: INodeProperties, empty: unknown) =>
	(options as INodePropertyCollection[]).map(({ name, values }) => {
		const value = empty ?? Object.fromEntries(values.map((each) => [each.name, asAdded(each)]));
		return [name, typeOptions?.multipleValues ? [value] : value];
	});

/** A collection with all that can be added to it, each left empty as `empty`, or as it was added. */
const filledWith =
	(empty?: unknown): EmptyCollection =>
	(field, options) =>
		field.type === 'fixedCollection'
			? Object.fromEntries(groupsOf(field, empty))
			: Object.fromEntries(options.map((each) => [each.name, empty ?? asAdded(each)]));

/** What n8n's editor has stored for collections that were left empty. */
const EMPTY: ReadonlyArray<readonly [string, EmptyCollection]> = [
	['{}', () => ({})],
	['[[]]', () => [[]]],
	['all added', filledWith()],
];

/** What it has stored for a list within one. */
const EMPTY_INSIDE: ReadonlyArray<readonly [string, EmptyCollection]> = [
	['each [[]]', filledWith([[]])],
	['each {}', filledWith({})],
	['each []', filledWith([])],
];

/** All collections of a form that show for these values, left empty. */
function emptied(
	type: INodeType,
	parameters: INodeParameters,
	emptyOf: EmptyCollection,
): INodeParameters {
	const values = valuesOf(type, parameters);
	const fields = shown(type, type.description.properties, values, values).filter(({ type: kind }) =>
		['collection', 'fixedCollection'].includes(kind),
	);
	const collections = fields.map((field) => {
		const options = field.type === 'collection' ? (field.options as INodeProperties[]) : [];
		return [field.name, emptyOf(field, shown(type, options, {}, values))];
	});
	return Object.fromEntries(collections) as INodeParameters;
}

/** What an error of the code says, rather than one about a value. */
const BROKEN = /is not a function|not iterable|Cannot |undefined|\bNaN\b|\[object|Maximum call/;

const cases = resources.flatMap((resource) =>
	resource.operations.flatMap((operation) => casesOf(resource, operation, FIXED_VALUES)),
);

describe.each(EMPTY)('collections of the node Aha! left empty (%s)', (_name, emptyOf) => {
	test.each(cases)('break nothing in $name', async ({ parameters }) => {
		const collections = emptied(new Aha(), parameters, emptyOf);
		const file = await n8n.file(Buffer.from('file'), 'file.txt', 'text/plain');
		const error = await n8n.run({ ...parameters, ...collections }, [file]).then(
			() => undefined,
			(failed: Error) => failed,
		);
		expect(error?.message ?? '').not.toMatch(BROKEN);
		for (const { text } of aha.requests) expect(text).not.toMatch(BROKEN);
	});
});

describe.each([...EMPTY, ...EMPTY_INSIDE])('collections left empty (%s)', (name, emptyOf) => {
	test('break nothing in the Aha! Trigger', async () => {
		const account = new FakeAccount();
		const collections = emptied(new AhaTrigger(), {}, emptyOf);
		expect(Object.keys(collections)).toEqual(['filters']);
		const trigger = {
			account,
			parameters: { events: ['updated'], ...collections } as IDataObject,
			workflow: `polls ${name}`,
			staticData: {},
		};
		// Publishing polls once.
		expect(await poll(pollContext(trigger))).toBeNull();
		account.audits = [auditAt(NOON, 1)];
		expect((await poll(pollContext(trigger)))?.[0]).toHaveLength(1);
	});

	test('break nothing in the Aha! Webhook Trigger', async () => {
		const collections = emptied(new AhaWebhookTrigger(), {}, emptyOf);
		expect(Object.keys(collections)).toEqual(['filters', 'header']);
		const { context } = webhookContext({
			account: new FakeAccount(),
			parameters: collections as IDataObject,
			body: { event: 'audit', audit: auditAt(NOON, 1) },
			workflow: `receives ${name}`,
		});
		expect((await receive(context)).workflowData?.[0]).toHaveLength(1);
	});
});
