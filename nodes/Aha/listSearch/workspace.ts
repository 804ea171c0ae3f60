import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { locatorValue } from '../run/input';
import { recordId } from '../run/references';
import { OWN_RECORD } from '../schema/pathFields';
import type { RecordName } from '../schema/records';
import { recordKinds } from '../schema/records';
import { hasReferences, workspacePrefix } from '../schema/references';
import type { AhaClient } from '../transport/client';
import { ownRecordKind } from './operations';
import { readRecords } from './records';

/** The ID or reference of a record that is already chosen in the form. */
export function chosenRecord(
	context: ILoadOptionsFunctions,
	client: AhaClient,
	name: RecordName,
): string | undefined {
	const inForm = ownRecordKind(context) === name ? OWN_RECORD : name;
	const value = locatorValue(context.getCurrentNodeParameter(inForm));
	// An expression that n8n cannot evaluate in the editor says nothing yet.
	if (typeof value !== 'string' || value === '' || value.startsWith('=')) return undefined;
	const { label } = recordKinds[name];
	return recordId(value, { kind: 'record', record: name, label }, client.host);
}

/**
 * The workspace of the form: the one chosen, or that of a chosen record. A reference number tells it;
 * a record that is given by its ID is read.
 */
export async function chosenWorkspace(
	context: ILoadOptionsFunctions,
	client: AhaClient,
): Promise<string | undefined> {
	const chosen = chosenRecord(context, client, 'product_id');
	if (chosen) return chosen;
	const names = Object.keys(recordKinds) as RecordName[];
	const records = names.flatMap((name) => {
		const id = chosenRecord(context, client, name);
		return id === undefined ? [] : [{ name, id }];
	});
	const prefix = records.map(({ id }) => workspacePrefix(id)).find(Boolean);
	if (prefix) return prefix;
	const [byId] = records.filter(({ name }) => hasReferences(name));
	return byId && (await workspaceOfRecord(client, byId.name, byId.id));
}

/** The workspace of a record; none where Aha! does not give the record. */
async function workspaceOfRecord(
	client: AhaClient,
	name: RecordName,
	id: string,
): Promise<string | undefined> {
	try {
		const [record] = await readRecords(client, recordKinds[name].resource, 'get', { [name]: id });
		return workspacePrefix(String(record?.reference_num ?? ''));
	} catch {
		return undefined;
	}
}
