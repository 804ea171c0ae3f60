import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { isObject } from '../transport/json';
import type { AhaClient } from '../transport/client';
import { connectForForm } from './connect';
import { readRecords } from './records';
import { inPosition } from './workflow';

/**
 * Aha!'s `statusable_type` of the workflow that a record type uses. Its recorded responses say so;
 * those of epics and requirements are workflows for features.
 */
const STATUSABLE: Readonly<Record<string, string>> = {
	epic: 'Feature',
	feature: 'Feature',
	goal: 'StrategicImperative',
	idea: 'Idea',
	initiative: 'Initiative',
	keyResult: 'KeyResult',
	note: 'Page',
	release: 'Release',
	requirement: 'Feature',
};

const KNOWN: ReadonlySet<string> = new Set(Object.values(STATUSABLE));

/** Workspaces read for one list, each with a request; most share the workflows of the account. */
const MAX_WORKSPACES = 20;

/**
 * The statuses that records of a trigger can have: those in the workflows of the selected
 * workspaces, or else of any, for the selected record types. What the form has already stays in the
 * list, wherever it came from.
 *
 * @param stored names of the fields that take a status
 */
export const statusOptions = (stored: readonly string[]) =>
	async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const client = await connectForForm(this);
		const workflows = await readWorkflows(client, chosenTexts(this, 'filters.workspaces'));
		const recordTypes = chosenTexts(this, 'recordTypes');
		const listed = workflows.filter(isUsedBy(recordTypes)).flatMap(statusNames);
		const kept = stored.flatMap((name) => chosenTexts(this, name));
		const byName = new Map<string, string>();
		for (const name of [...listed, ...kept]) {
			if (!byName.has(name.toLowerCase()) || kept.includes(name))
				byName.set(name.toLowerCase(), name);
		}
		return [...byName.values()].map((name) => ({ name, value: name }));
	};

/** The texts of a list in the form; none while it is an expression. */
function chosenTexts(context: ILoadOptionsFunctions, name: string): string[] {
	const chosen: unknown = context.getCurrentNodeParameter(name);
	const texts = Array.isArray(chosen) ? chosen.filter((one) => typeof one === 'string') : [];
	return texts.filter((text) => text.trim() !== '');
}

/**
 * The workflows of workspaces. One that this user cannot read leaves the others.
 *
 * @throws the first error if none can be read
 */
async function readWorkflows(client: AhaClient, chosen: string[]): Promise<IDataObject[]> {
	const workspaces = chosen.length > 0 ? chosen : await allWorkspaces(client);
	const read = await Promise.allSettled(
		workspaces
			.slice(0, MAX_WORKSPACES)
			.map(async (product_id) => await readRecords(client, 'workflow', 'getAll', { product_id })),
	);
	const failed = read.find((one) => one.status === 'rejected');
	if (failed && read.every(({ status }) => status === 'rejected')) throw failed.reason;
	return read.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
}

/** Product lines have workspaces and no records of their own. */
async function allWorkspaces(client: AhaClient): Promise<string[]> {
	const workspaces = await readRecords(client, 'workspace', 'getAll', {});
	return workspaces
		.filter(({ product_line: isLine }) => isLine !== true)
		.map(({ id }) => String(id));
}

/** Whether record types use a workflow: those of an unknown kind may be used by any. */
const isUsedBy =
	(recordTypes: readonly string[]) =>
	({ statusable_type: type }: IDataObject): boolean =>
		recordTypes.length === 0 ||
		!KNOWN.has(String(type)) ||
		recordTypes.some((recordType) => STATUSABLE[recordType] === type);

/** The names of the statuses of a workflow, in its order. */
const statusNames = ({ workflow_statuses: statuses }: IDataObject): string[] =>
	inPosition((Array.isArray(statuses) ? statuses : []).filter(isObject)).map(({ name }) =>
		String(name),
	);
