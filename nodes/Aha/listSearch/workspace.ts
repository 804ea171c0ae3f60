import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { locatorValue } from '../run/input';
import { recordId } from '../run/references';
import { OWN_RECORD } from '../schema/pathFields';
import type { RecordName } from '../schema/records';
import { recordKinds } from '../schema/records';
import { workspacePrefix } from '../schema/references';
import type { AhaClient } from '../transport/client';
import { ownRecordKind } from './operations';

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

/** The workspace of the form: the one chosen, or that of a chosen record's reference number. */
export function chosenWorkspace(
	context: ILoadOptionsFunctions,
	client: AhaClient,
): string | undefined {
	const chosen = chosenRecord(context, client, 'product_id');
	if (chosen) return chosen;
	for (const name of Object.keys(recordKinds) as RecordName[]) {
		const prefix = workspacePrefix(chosenRecord(context, client, name) ?? '');
		if (prefix) return prefix;
	}
	return undefined;
}
