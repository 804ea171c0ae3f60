import { recordsOf, simplify } from '../../../nodes/Aha/run/output';

const list = { returns: 'features', paginated: true };
const single = { returns: 'feature' };
const get = { method: 'GET' } as const;

test.each<[string, Parameters<typeof recordsOf>[0], unknown, unknown]>([
	['a list', list, { features: [{ id: '1' }, { id: '2' }] }, [{ id: '1' }, { id: '2' }]],
	['an empty list', list, { features: [], pagination: {} }, []],
	['a list with another key', list, { pagination: {}, users: [{ id: '1' }] }, [{ id: '1' }]],
	['a body without a list', list, { pagination: {}, a: 1 }, [{ pagination: {}, a: 1 }]],
	['a record', single, { feature: { id: '1' } }, [{ id: '1' }]],
	['a record with another key', single, { epic: { id: '1' } }, [{ epic: { id: '1' } }]],
	['a record beside a list', single, { tags: ['a'], id: '1' }, [{ tags: ['a'], id: '1' }]],
	['a body with no key', {}, { feature: { id: '1' } }, [{ feature: { id: '1' } }]],
	['a bare array', single, [{ id: '1' }], [{ id: '1' }]],
	['bare IDs', single, ['1', 2], [{ id: '1' }, { id: 2 }]],
	['an empty body', single, '', [{ success: true }]],
	['an empty object', single, {}, [{ success: true }]],
	['no body', single, undefined, [{ success: true }]],
])('%s', (_, operation, body, records) => {
	expect(recordsOf(operation, get, body)).toEqual(records);
});

test('a DELETE without a body says so', () => {
	expect(recordsOf({}, { method: 'DELETE' }, '')).toEqual([{ deleted: true }]);
});

test('simplifies a record to the keys that are asked for, in their order', () => {
	const record = {
		tags: ['a', 'b'],
		id: '1',
		name: 'Feature',
		done: false,
		nothing: null,
		workflow_status: { id: '2', name: 'New', email: 3 },
		assigned_to_user: { id: '3', name: 'Jo', email: 'jo@example.com' },
		release: { id: '4', reference_num: 'PRJ1-R-1', name: 'Release 1' },
		description: { id: '5', body: '<p>Text</p>', attachments: [] },
		effort: { value: '5' },
		goals: [{ id: '6', name: 'Goal' }],
		member: { role: 'viewer', user: { email: 'al@example.com' } },
		member_without: { role: 'viewer', user: 'x' },
		unknown: { id: '7' },
		custom_fields: [{ key: 'priority', value: 'P3', name: 'Priority' }, 'x'],
		custom_object_links: [{ key: 'customers', record_ids: ['8'] }, null],
	};
	const simple = simplify({ ...record, removed: true }, [...Object.keys(record), 'missing']);
	expect(simple).toEqual({
		...record,
		workflow_status: 'New',
		assigned_to_user: 'jo@example.com',
		release: 'PRJ1-R-1',
		description: '<p>Text</p>',
		effort: '5',
		goals: ['Goal'],
		member: 'al@example.com',
		custom_fields: { priority: 'P3' },
		custom_object_links: { customers: ['8'] },
	});
	expect(Object.keys(simple)).toEqual(Object.keys(record));
});

test('leaves custom fields alone that are not a list', () => {
	expect(simplify({ custom_fields: { name: 'x' } }, ['custom_fields'])).toEqual({
		custom_fields: 'x',
	});
});
