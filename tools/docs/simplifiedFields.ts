import type { IDataObject } from 'n8n-workflow';

import { simpleRecordsOf, type Column } from '../../nodes/Aha/run/output';
import { simpleColumns } from '../../nodes/Aha/run/shape';
import { endpointsOf } from '../../nodes/Aha/schema/endpoints';
import type { Operation, Resource } from '../../nodes/Aha/schema/types';
import { recordedResponseTo } from '../checkLive/expected';

/** Characters of an example. */
const LONGEST = 70;

/**
 * The fields of a resource's simplified records, in Markdown, with the values of the
 * record in Aha!'s documentation.
 */
export function simplifiedFields(resource: Resource): string[] {
	const columns = simpleColumns(resource);
	if (columns.length === 0) return [];
	const example = exampleOf(resource.operations, columns);
	const rows = columns.map(({ name }) => `| \`${name}\` | ${shown(example[name])} |`);
	return [['| **Output: Simplified** | For example |', '| --- | --- |', ...rows].join('\n')];
}

function exampleOf(operations: readonly Operation[], columns: readonly Column[]): IDataObject {
	// A single record has more fields than those of a list.
	const ordered = [...operations.filter(({ value }) => value === 'get'), ...operations];
	for (const operation of ordered) {
		if (!operation.endpoint || operation.handler || !operation.returns) continue;
		for (const [, endpoint] of endpointsOf(operation)) {
			const body = endpoint.startsWith('GET ') ? recordedResponseTo(endpoint)?.body : undefined;
			const [record] = body ? simpleRecordsOf(operation, { method: 'GET' }, body, columns) : [];
			if (record) return record;
		}
	}
	return {};
}

function shown(value: unknown): string {
	if (value === undefined || value === null || value === '') return '';
	const json = JSON.stringify(value).replace(/\|/g, '\\|').replace(/`/g, "'");
	return `\`${json.length > LONGEST ? `${json.slice(0, LONGEST)}…` : json}\``;
}
