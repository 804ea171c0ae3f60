import type { IDataObject } from 'n8n-workflow';

import { poll } from '../../../nodes/Aha/triggers/poll';
import type { FakeAccount, FakeNode } from './fakeAccount';
import { pollContext } from './fakeAccount';

export const UPDATES = { recordTypes: ['feature'], events: ['created', 'updated'] };

let workflows = 0;

/** A trigger of its own workflow, which polls as n8n lets it. */
export function trigger(account: FakeAccount, fake: Omit<FakeNode, 'account'> = {}) {
	const staticData: IDataObject = {};
	const workflow = `workflow ${String(++workflows)}`;
	const pollWith = async (change: Partial<FakeNode> = {}): Promise<IDataObject[] | null> => {
		const whole = { workflow, staticData, parameters: UPDATES, ...fake, ...change, account };
		const outputs = await poll(pollContext(whole));
		return outputs && outputs.flat().map(({ json }) => json);
	};
	return { poll: pollWith, staticData };
}

/** The reference numbers of the records in items. */
export const references = (items: IDataObject[] | null) =>
	items?.map(({ record }) => (record as IDataObject).reference_num);
