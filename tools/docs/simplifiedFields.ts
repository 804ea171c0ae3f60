import type { IDataObject } from 'n8n-workflow';

import { simpleKeys, simpleRecordsOf } from '../../nodes/Aha/run/output';
import { endpointsOf } from '../../nodes/Aha/schema/endpoints';
import type { Operation, Resource } from '../../nodes/Aha/schema/types';
import { recordedResponseTo } from '../checkLive/expected';

/** Characters of an example. */
const LONGEST = 70;

/**
 * The fields that Simplify keeps of a resource's records, in Markdown, with the values of the
 * record in Aha!'s documentation.
 */
export function simplifiedFields({ operations, simple = [] }: Resource): string[] {
	if (simple.length === 0) return [];
	const example = exampleOf(operations, simple);
	const rows = simple.map((path) => {
		const key = path.split('.').at(-1) as string;
		return `| \`${key}\` | ${shown(example[key])} |`;
	});
	return [['| Field with **Simplify** | For example |', '| --- | --- |', ...rows].join('\n')];
}

function exampleOf(operations: readonly Operation[], simple: readonly string[]): IDataObject {
	// A single record has more fields than those of a list.
	const ordered = [...operations.filter(({ value }) => value === 'get'), ...operations];
	for (const operation of ordered) {
		if (!operation.endpoint || operation.handler || !operation.returns) continue;
		for (const [, endpoint] of endpointsOf(operation)) {
			const body = endpoint.startsWith('GET ') ? recordedResponseTo(endpoint)?.body : undefined;
			const keys = simpleKeys(simple);
			const [record] = body ? simpleRecordsOf(operation, { method: 'GET' }, body, keys) : [];
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
