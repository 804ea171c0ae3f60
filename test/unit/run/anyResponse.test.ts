import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { ApplicationError, BaseError } from 'n8n-workflow';

import { resources } from '../../../nodes/Aha/resources';
import { isObject } from '../../../nodes/Aha/transport/json';
import { endpoints } from '../../../sandbox/aha-api';
import { casesOf } from '../../../tools/coverage/cases';
import { FIXED_VALUES } from '../../../tools/coverage/facts';
import { matcher } from '../../../tools/coverage/matcher';
import { respondTo } from '../../../tools/coverage/responses';
import type { RecordedRequest } from '../../../tools/harness/recorder';
import type { FakeResponse, Sent } from '../runNode';
import { runNode } from '../runNode';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: jest.fn(async () => undefined),
}));

/** Broken responses for each way to run an operation. */
const RESPONSES = 20;

/** What stands in place of a part of a response: nothing, or something of another type. */
const wrong = fc.constantFrom<unknown>(
	undefined,
	null,
	5,
	'text',
	true,
	[],
	{},
	[null],
	[5],
	['text'],
	[[]],
	[{}],
	{ id: null },
	{ x: 1 },
);

/** Where a response is broken: a step down is any key, counted around. */
const place = fc.array(fc.nat(7), { maxLength: 3 });

/** A response with one part replaced. */
function broken(body: unknown, [step, ...deeper]: readonly number[], part: unknown): unknown {
	if (step === undefined || typeof body !== 'object' || body === null) return part;
	const keys = Object.keys(body);
	if (keys.length === 0) return part;
	const key = keys[step % keys.length];
	const inner = broken((body as IDataObject)[key], deeper, part);
	if (Array.isArray(body)) return body.map((each, index) => (String(index) === key ? inner : each));
	return { ...body, [key]: inner };
}

const match = matcher(endpoints);

/** The request as the recorder of `coverage:api` sees it. */
const recordedRequest = ({ method = 'GET', url, qs, body }: Sent): RecordedRequest => {
	const { host, pathname: path } = new URL(url);
	const query = qs as Record<string, string>;
	return { method, host, path, query, body, authorization: undefined, text: '' };
};

const helpers = {
	assertBinaryData: () => ({ fileName: 'file.txt', mimeType: 'text/plain', data: '' }),
	getBinaryDataBuffer: async () => Buffer.from('file'),
	getBinaryStream: async () => Buffer.from('file'),
	prepareBinaryData: async () => ({ fileName: 'file.txt', mimeType: 'text/plain', data: '' }),
};

const cases = resources.flatMap((resource) =>
	resource.operations.flatMap((operation) => casesOf(resource, operation, FIXED_VALUES)),
);

/** What a run of the node made of broken responses: an error, or none. */
async function errorOf(
	parameters: IDataObject,
	respond: (request: Sent) => FakeResponse,
): Promise<unknown> {
	const form = { ...parameters, options: { ...(parameters.options as IDataObject), retryFor: 0 } };
	return await runNode(form, respond, { helpers }).then(
		({ items }) =>
			expect(items.map(({ json }) => json).filter((json) => !isObject(json))).toEqual([]),
		(error: unknown) => error,
	);
}

/** Errors that were written for people, unlike those that JavaScript throws. */
const isForPeople = (error: unknown): boolean =>
	error === undefined ||
	((error instanceof ApplicationError || error instanceof BaseError) &&
		!(error.cause instanceof TypeError) &&
		!/Cannot (read|convert)|is not (iterable|a function)|undefined/.test(error.message));

test.each(cases)('$name: a broken response is an item or a clear error', async (run) => {
	await fc.assert(
		fc.asyncProperty(place, wrong, fc.nat(2), async (where, part, which) => {
			const before: RecordedRequest[] = [];
			const error = await errorOf(run.parameters as IDataObject, (sent) => {
				const request = recordedRequest(sent);
				const { status = 200, body } = respondTo(request, match(request)[0], before);
				before.push(request);
				expect(request.path).not.toMatch(/undefined|null|NaN|\[object/);
				if (Buffer.isBuffer(body) || before.length - 1 !== which) return { status, body };
				return { status: 200, body: broken(isObject(body) ? body : {}, where, part) };
			});
			if (!isForPeople(error)) throw error;
		}),
		{ numRuns: RESPONSES },
	);
});
