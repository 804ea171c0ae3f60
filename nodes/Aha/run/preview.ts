import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { parseReference } from '../schema/references';
import type { Operation } from '../schema/types';
import type { AhaClient } from '../transport/client';
import type { AhaRequest } from '../transport/types';
import { isWrite } from '../transport/types';
import type { Hints } from './hints';

/** Stops an item at its first write. */
class WriteNotSent extends Error {
	constructor(readonly request: AhaRequest) {
		super('Preview Only: the request was not sent');
	}
}

type RunItem = (client: AhaClient) => Promise<INodeExecutionData[]>;

/** The same item, but what it would change in Aha! first becomes its output. Reads are sent. */
export const previewed =
	(run: RunItem, operation: Operation, hints: Hints): RunItem =>
	async (client) =>
		await run(withoutWrites(client)).catch((error: unknown) => {
			if (!(error instanceof WriteNotSent)) throw error;
			hints.addPreview();
			return [{ json: previewOf(operation, error.request) }];
		});

const withoutWrites = (client: AhaClient): AhaClient =>
	client.withSend(async (request, signal) => {
		if (isWrite(request)) throw new WriteNotSent(request);
		return await client.send(request, signal);
	});

/** A request for people: what it does, to which record, and what it sends. */
function previewOf({ action }: Operation, request: AhaRequest): IDataObject {
	const { method, base = '/api/v1', path, query, body = null, openBody } = request;
	const verb = method === 'POST' ? 'Create' : 'Update';
	return {
		preview: action.replace(/^Create or update/, verb),
		record: recordIn(path),
		method,
		path: base + path,
		query,
		body,
		...(openBody && { file: true }),
	};
}

/** The last record in a path, such as `PRJ1-12` of `/features/PRJ1-12/comments`; null for none. */
function recordIn(path: string): string | null {
	const parts = path.split('/');
	const isRecord = (part: string, index: number) =>
		/^\d+$/.test(part) ||
		parseReference(part) !== undefined ||
		// Workspaces go by their prefix.
		parts[index - 1] === 'products';
	return parts.findLast(isRecord) ?? null;
}
