import { createRequire } from 'node:module';
import { join } from 'node:path';
import axios from 'axios';
import type { INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';

import type { Harness, NodeUnderTest } from '../harness';
import type { NodeConfig } from '../runtime/itemsWorkflow';
import { RUNTIME } from '../runtime/places';
import { PACKAGE } from './places';
import type { Account } from './sandboxProcess';

/** What is compared: this package's node, n8n's HTTP Request node, and axios without n8n. */
export type ContenderName = 'aha' | 'http' | 'axios';

/** Work that all of them can do. */
export type Work =
	| { readonly kind: 'readAll' }
	| { readonly kind: 'get'; readonly ids: readonly string[] }
	| {
			readonly kind: 'create';
			readonly count: number;
			readonly prefix: string;
			readonly releaseId: string;
	  };

/** Concurrent requests of axios, as many as the node has. */
const CONCURRENCY = 32;

/** n8n's node, in its latest version. */
const HTTP_REQUEST = 'n8n-nodes-base.httpRequest';
const HTTP_VERSION = 4.5;

const requireHere = createRequire(__filename);

/** The built node of this package, or the HTTP Request node of the installed n8n. */
export function nodeOf(contenderName: ContenderName): NodeUnderTest | undefined {
	if (contenderName === 'aha') {
		const { Aha } = requireHere(join(PACKAGE, 'dist/nodes/Aha/Aha.node.js')) as {
			Aha: new () => INodeType;
		};
		return { name: 'aha', type: new Aha() };
	}
	if (contenderName === 'axios') return undefined;
	const file = join(
		RUNTIME,
		'node_modules/n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js',
	);
	const { HttpRequest } = requireHere(file) as {
		HttpRequest: new () => { nodeVersions: Record<string, INodeType> };
	};
	const { nodeVersions } = new HttpRequest();
	return { name: HTTP_REQUEST, type: nodeVersions[HTTP_VERSION] };
}

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

const ahaParameters = (work: Work): INodeParameters => {
	const feature = { resource: 'feature', output: 'raw' };
	if (work.kind === 'readAll') return { ...feature, operation: 'getAll', returnAll: true };
	if (work.kind === 'get') return { ...feature, operation: 'get', record: byId('={{ $json.id }}') };
	return {
		...feature,
		operation: 'create',
		release_id: byId(work.releaseId),
		name: '={{ $json.name }}',
	};
};

/** HTTP Request with its own pagination, and with batches that stay within the limit of a minute. */
function httpParameters(work: Work, host: string): INodeParameters {
	const api = `https://${host}/api/v1`;
	const common = { authentication: 'predefinedCredentialType', nodeCredentialType: 'ahaApiKey' };
	if (work.kind === 'get') return { ...common, url: `=${api}/features/{{ $json.id }}` };
	if (work.kind === 'create') {
		return {
			...common,
			method: 'POST',
			url: `${api}/releases/${work.releaseId}/features`,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '={{ { "feature": { "name": $json.name } } }}',
			options: { batching: { batch: { batchSize: 5, batchInterval: 1_000 } } },
		};
	}
	const { current, total } = {
		current: '$response.body.pagination.current_page',
		total: '$response.body.pagination.total_pages',
	};
	return {
		...common,
		url: `${api}/features`,
		sendQuery: true,
		queryParameters: { parameters: [{ name: 'per_page', value: '200' }] },
		options: {
			pagination: {
				pagination: {
					paginationMode: 'updateAParameterInEachRequest',
					parameters: {
						parameters: [{ type: 'qs', name: 'page', value: '={{ $pageCount + 1 }}' }],
					},
					paginationCompleteWhen: 'other',
					completeExpression: `={{ ${current} >= ${total} }}`,
				},
			},
		},
	};
}

const itemsOf = (work: Work): INodeExecutionData[] => {
	if (work.kind === 'get') return work.ids.map((id) => ({ json: { id } }));
	if (work.kind === 'readAll') return [{ json: {} }];
	return Array.from({ length: work.count }, (_, index) => ({
		json: { name: `${work.prefix}${index}` },
	}));
};

/** The node that does the work in a workflow of a real n8n. */
export function nodeConfigFor(contenderName: 'aha' | 'http', work: Work, host: string): NodeConfig {
	if (contenderName === 'http') {
		const parameters = httpParameters(work, host);
		return { name: contenderName, type: HTTP_REQUEST, typeVersion: HTTP_VERSION, parameters };
	}
	const parameters = { authentication: 'apiKey', ...ahaParameters(work) };
	return { name: contenderName, type: 'n8n-nodes-aha.aha', typeVersion: 1, parameters };
}

/** Prepares work. @returns does it, with everything created beforehand */
export function prepare(
	contenderName: ContenderName,
	work: Work,
	{ domain, key }: Account,
	n8n: Harness,
): () => Promise<unknown[]> {
	const host = `${domain}.aha.io`;
	if (contenderName === 'axios') return async () => await withAxios(work, host, key);
	const parameters = contenderName === 'aha' ? ahaParameters(work) : httpParameters(work, host);
	const items = itemsOf(work);
	return async () => await n8n.run(parameters, items);
}

/** Does the work with axios, over the same agent as n8n. */
async function withAxios(work: Work, host: string, key: string): Promise<unknown[]> {
	const client = axios.create({
		baseURL: `https://${host}/api/v1`,
		headers: { Authorization: `Bearer ${key}` },
		proxy: false,
	});
	if (work.kind === 'get') {
		const get = async (id: string) => (await client.get<unknown>(`/features/${id}`)).data;
		return await mapConcurrently(work.ids, get);
	}
	if (work.kind === 'create') {
		const path = `/releases/${work.releaseId}/features`;
		const post = async ({ json }: INodeExecutionData) =>
			(await client.post<unknown>(path, { feature: json })).data;
		return await mapConcurrently(itemsOf(work), post);
	}
	type Page = { features: unknown[]; pagination: { total_pages: number } };
	const read = async (page: number) =>
		(await client.get<Page>('/features', { params: { page, per_page: 200 } })).data;
	const first = await read(1);
	const pages = Array.from({ length: first.pagination.total_pages - 1 }, (_, index) => index + 2);
	const rest = await mapConcurrently(pages, read);
	return [first, ...rest].flatMap(({ features }) => features);
}

async function mapConcurrently<T, R>(things: readonly T[], task: (thing: T) => Promise<R>) {
	const results: R[] = [];
	let next = 0;
	const go = async () => {
		while (next < things.length) {
			const index = next++;
			results[index] = await task(things[index]);
		}
	};
	await Promise.all(Array.from({ length: CONCURRENCY }, go));
	return results;
}
