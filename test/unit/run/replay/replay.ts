import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';

import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../../../nodes/Aha/transport/json';
import type { Call } from '../../../../tools/checkLive/operationForm';
import type { Sent } from '../../runNode';
import { runNode } from '../../runNode';
import { differencesOf } from './differences';
import { callsFor, formOf, unflattened } from './form';
import type { Sample } from './samples';

/** What came of a sample in the node. */
export interface Replayed {
	/** Where the request differs from the sample; the error where none left. */
	readonly differences: string[];
	/** Names of the ways in which the request says the same in other words. */
	readonly otherWords: ReadonlySet<string>;
}

/** A pivot report without cells. */
const PIVOT = { rows: {}, columns: {}, field_definitions: {}, cells: [] };

/** Enough of a response for every operation to go on with. */
const BODY = {
	account_backup: { status_code: 2 },
	search_id: '1',
	running: false,
	audits: [],
	columns: [],
	rows: [],
	cells: [],
};

/** n8n's helpers for the file of the samples. */
const helpers = {
	prepareBinaryData: async () => ({}),
	assertBinaryData: () => ({
		data: 'dGV4dA==',
		fileName: 'sample_plain_text.txt',
		mimeType: 'text/plain',
	}),
};

/** Runs the sample with each call of the node that leads there; what came of the closest. */
export async function replay(sample: Sample): Promise<Replayed> {
	const found: Replayed[] = [];
	for (const call of callsFor(sample)) found.push(await replayWith(sample, call));
	const none = { differences: ['no operation leads there'], otherWords: new Set<string>() };
	return found.reduce(
		(best, next) => (weight(next) < weight(best) ? next : best),
		found[0] ?? none,
	);
}

const weight = ({ differences, otherWords }: Replayed): number =>
	differences.length * 100 + otherWords.size;

async function replayWith(sample: Sample, call: Call): Promise<Replayed> {
	const form = formOf(sample, call);
	const bodies: unknown[] = [];
	try {
		const { sent } = await runNode(
			form as IDataObject,
			async ({ body, headers, encoding, qs }) => {
				bodies.push(await readable(body, String(headers?.['Content-Type'] ?? '')));
				if (encoding === 'stream') return { body: Readable.from(['backup']) };
				return { body: qs?.view === 'pivot' ? PIVOT : BODY };
			},
			{ helpers },
		);
		const all = sent.map((request, index) => compare(sample, call, request, bodies[index]));
		return all.reduce((best, next) => (weight(next) < weight(best) ? next : best));
	} catch (error) {
		return { differences: [(error as Error).message], otherWords: new Set() };
	}
}

/** JSON as it is; of a multipart body its parts, a file as `@` and its name. */
async function readable(body: unknown, contentType: string): Promise<unknown> {
	if (!contentType.startsWith('multipart/')) return body;
	const content = Buffer.isBuffer(body) ? body : await buffer(body as Readable);
	const headers = { 'Content-Type': contentType };
	const form = await new Response(new Uint8Array(content), { headers }).formData();
	const parts: Record<string, string> = {};
	form.forEach((part, name) => {
		parts[name] = typeof part === 'string' ? part : `@${part.name}`;
	});
	return parts;
}

function compare(sample: Sample, call: Call, request: Sent, body: unknown): Replayed {
	const url = new URL(request.url);
	const line = `${request.method} ${url.pathname.replace('/api/v1', '')}`;
	const documentedLine = `${sample.method} ${sample.path}`;
	const query = differencesOf(sample.query ?? {}, queryOf(sample, call, request), call);
	const elsewhere = new Set([...sample.path.split('/'), ...Object.values(sample.query ?? {})]);
	const content = differencesOf(documentedBody(sample, body), body ?? {}, call, elsewhere);
	const header = sample.headers && !request.headers?.['If-None-Match'] ? ['If-None-Match'] : [];
	return {
		differences: [
			...(line === documentedLine ? [] : [`${line} instead of ${documentedLine}`]),
			...query.differences.map((one) => `query ${one}`),
			...content.differences,
			...header,
		],
		otherWords: new Set([...query.otherWords, ...content.otherWords]),
	};
}

/** The query without the page that the node asks for, which is Aha!'s own unless it is given. */
function queryOf({ query = {} }: Sample, { operation }: Call, { qs }: Sent): IDataObject {
	const { page, per_page, ...others } = qs;
	const isPaged = operation.paginated && query.page === undefined;
	return asText(isPaged && Number(page ?? 1) === 1 ? others : { ...others, page, per_page });
}

/** Values as an address has them. */
const asText = (values: IDataObject): IDataObject =>
	Object.fromEntries(
		Object.entries(values)
			.filter(([, value]) => value !== undefined)
			.map(([key, value]) => [key, String(value)]),
	);

/** The parts of a form without a file say the same as JSON does. */
const documentedBody = ({ form, body = {} }: Sample, sent: unknown): unknown =>
	form && isObject(sent) && !Object.keys(sent).some((name) => name in form)
		? unflattened(form)
		: (form ?? body);
