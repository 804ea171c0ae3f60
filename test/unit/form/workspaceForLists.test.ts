import type { INodeParameters } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { Aha } from '../../../nodes/Aha/Aha.node';

const { description } = new Aha();

/** Whether n8n shows the workspace that only fills lists. */
const isShown = (parameters: INodeParameters): boolean =>
	description.properties
		.filter(({ displayName }) => displayName === 'Workspace for Lists')
		.some((property) =>
			NodeHelpers.displayParameter(parameters, property, { typeVersion: 1 }, description),
		);

const update = (mode: string, value: string): INodeParameters => ({
	resource: 'feature',
	operation: 'update',
	record: { __rl: true, mode, value },
});

test.each([
	['a record from the list', update('list', ''), true],
	['a chosen record', update('list', 'PRJ1-12'), true],
	['a reference', update('reference', 'PRJ1-12'), false],
	['an ID', update('reference', '6776757454428206157'), false],
	['a URL', update('url', 'https://mycompany.aha.io/features/PRJ1-12'), false],
	['an expression', update('reference', '={{ $json.id }}'), true],
	['an expression for a URL', update('url', '={{ $json.url }}'), true],
	[
		'an expression in an operation with no lists',
		{ ...update('reference', '={{ $json.id }}'), operation: 'get' },
		false,
	],
])('the workspace for lists of %s: %#', (_, parameters, shown) => {
	expect(isShown(parameters)).toBe(shown);
});

test('an idea is promoted into any workspace', () => {
	const record = { __rl: true, mode: 'reference', value: 'PRJ1-I-5' };
	const promote = { resource: 'idea', operation: 'promote', promotable_type: 'feature', record };
	expect(isShown(promote)).toBe(true);
});
