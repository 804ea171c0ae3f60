import type { IDataObject } from 'n8n-workflow';

import { FakeAccount, idAt, NOON } from './fakeAccount';

/** A version of a record in a list. */
export const version = (serial: number, created: number, updated = created): IDataObject => ({
	id: idAt(NOON, serial),
	reference_num: `PRJ1-${String(serial)}`,
	name: `Record ${String(serial)}`,
	url: `https://mycompany.aha.io/features/PRJ1-${String(serial)}`,
	created_at: new Date(created).toISOString(),
	updated_at: new Date(updated).toISOString(),
});

/** An account that does not allow the audit log. */
export const withoutLog = (status = 403) => {
	const account = new FakeAccount();
	account.responses = { '/audits': { status, body: {} } };
	account.lists = {
		'/features': [],
		'/epics': [],
		'/ideas': [],
		'/ideas/endorsements': [],
		'/initiatives': [],
		'/tasks': [],
		'/products': [],
		'/products/PRJ 1/releases': [],
		'/products/PRJ2/releases': [],
	};
	return account;
};
