import type { IDataObject } from 'n8n-workflow';

import { methods } from '../../../nodes/Aha/listSearch';
import { recorded } from '../../../sandbox/aha-api';
import { byId, form, pathOf } from './openedForm';

describe('statuses', () => {
	const product = (recorded['GET /products/{id}'].body as { product: IDataObject }).product;
	const workflow = {
		id: 499195972,
		statusable_type: 'Feature',
		workflow_statuses: [
			{ id: 11, name: 'Shipped', position: 3 },
			{ id: 12, name: 'New', position: 1 },
			{ id: 13, name: 'In progress', position: 2 },
			{ id: 14, name: 'New', position: 4 },
		],
		workflow_kinds: [
			{ id: '1809278', name: 'Improvement' },
			{ id: '787053401', name: 'New' },
		],
	};

	const listed = async (
		list: 'status' | 'statusIds' | 'type',
		chosen: IDataObject,
		own: IDataObject = product,
		filter = '',
	) => {
		const { context, sent } = form({ operation: 'update', ...chosen }, undefined, (path) =>
			path.startsWith('/api/v1/workflows/') ? { workflow } : { product: own },
		);
		const { results } = await methods.listSearch[list].call(context, filter);
		return { names: results.map(({ value }) => value), paths: sent.map(pathOf) };
	};

	const statuses = async (chosen: IDataObject, own?: IDataObject) =>
		await listed('status', chosen, own);

	test.each([
		['feature', { record: byId('PRJ1-12') }, '499195972'],
		['epic', { product_id: byId('PRJ1') }, '499195972'],
		['requirement', { record: byId('PRJ1-12-1') }, '499195972'],
		['release', { record: byId('PRJ1-R-1') }, '717623509'],
		['idea', { record: byId('PRJ1-I-1') }, '80245244'],
		['initiative', { record: byId('PRJ1-S-1') }, '61191651'],
		['goal', { product_id: byId('PRJ1') }, '883066232'],
		['keyResult', { record: byId('PRJ1-G-1-KR-1') }, '1024772447'],
		['note', { record: byId('PRJ1-N-1') }, '934299270'],
	])('of a %s are those of the workflow that its workspace names', async (resource, chosen, id) => {
		const { names, paths } = await statuses({ resource, ...chosen });
		expect(names).toEqual(['New', 'In progress', 'Shipped']);
		expect(paths).toEqual(['/api/v1/products/PRJ1', `/api/v1/workflows/${id}`]);
	});

	test('are not there where the workspace has no workflow for the records', async () => {
		const chosen = { resource: 'idea', product_id: byId('PRJ1') };
		await expect(statuses(chosen, { ...product, idea_workflow: null })).rejects.toThrow(
			'This workspace has no workflow for these records. Enter a name.',
		);
	});

	test('are found by a part of their name', async () => {
		const chosen = { resource: 'feature', record: byId('PRJ1-12') };
		expect((await listed('status', chosen, product, 'PROG')).names).toEqual(['In progress']);
	});

	test('have types beside them, of the same workflow', async () => {
		const { names, paths } = await listed('type', {
			resource: 'feature',
			record: byId('PRJ1-12'),
		});
		expect(names).toEqual(['Improvement', 'New']);
		expect(paths).toContain('/api/v1/workflows/499195972');
	});

	test('are given by ID for a status time, in the workflow of what it belongs to', async () => {
		const chosen = { resource: 'workflowStatusTime', belongsTo: 'initiative' };
		const { paths } = await listed('statusIds', { ...chosen, product_id: byId('PRJ1') });
		expect(paths).toContain('/api/v1/workflows/61191651');
		const { names } = await listed('statusIds', {
			...chosen,
			belongsTo: 'masterFeature',
			product_id: byId('PRJ1'),
		});
		expect(names).toEqual(['12', '13', '11']);
	});

	test('need a workspace', async () => {
		await expect(statuses({ resource: 'idea' })).rejects.toThrow('Choose a workspace first');
	});
});
