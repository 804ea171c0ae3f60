import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../nodes/Aha/transport/json';
import type { LiveAccount } from './account';

/** The workspace to write in. */
export interface Workspace {
	readonly id: string;
	/** The first status of a kind of record there. */
	readonly status: (kind: string) => string;
}

/** Aha!'s own first status of new workspaces, for what has no workflow that can be read. */
const FIRST_STATUS = 'Not started';

/** Kinds of record that cannot be made without a status, by the key of their workflow. */
const WORKFLOWS: Readonly<Record<string, string>> = {
	initiative: 'initiative_workflow',
	goal: 'strategic_imperative_workflow',
};

/**
 * @param name prefix or ID
 * @throws Error when it cannot be read
 */
export async function readWorkspace(account: LiveAccount, name: string): Promise<Workspace> {
	const product = await readRecord(account, `/products/${encodeURIComponent(name)}`);
	if (!product) throw new Error('The workspace to write in cannot be read. Nothing was made.');
	const statuses = new Map<string, string>();
	for (const [kind, key] of Object.entries(WORKFLOWS)) {
		const { [key]: link } = product;
		if (!isObject(link)) continue;
		const workflow = await readRecord(account, `/workflows/${String(link.id)}`);
		const [first] = [workflow?.workflow_statuses ?? []].flat() as IDataObject[];
		if (typeof first?.name === 'string') statuses.set(kind, first.name);
	}
	return { id: String(product.id), status: (kind) => statuses.get(kind) ?? FIRST_STATUS };
}

/** The one record of a response; undefined for any other response. */
async function readRecord(account: LiveAccount, path: string): Promise<IDataObject | undefined> {
	const { status, body } = await account.ask('GET', path);
	return status === 200 && isObject(body) ? Object.values(body).find(isObject) : undefined;
}
