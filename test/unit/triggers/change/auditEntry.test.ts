import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { parseAuditEntry } from '../../../../nodes/Aha/triggers/change/auditEntry';
import { createSelect } from '../../../../nodes/Aha/triggers/change/selection';
import { anything } from '../anything';
import { auditAt, NOON } from '../fakeAccount';
import { runs } from '../feed/runs';

const whole = auditAt(NOON, 28, {
	changes: [{ field_name: 'Workflow status', value: 'New &rarr; Ready' }],
});

const select = (entry: unknown): IDataObject | undefined => {
	const change = parseAuditEntry(entry);
	return change && createSelect(anything)(change);
};

/** JSON with keys that break what converts an object to a text. */
const json = fc.oneof(
	fc.jsonValue(),
	fc.dictionary(
		fc.constantFrom('toString', 'valueOf', 'toJSON', '__proto__', 'id'),
		fc.jsonValue(),
	),
);

describe('an entry of the log', () => {
	it.each([null, undefined, 7, 'text', [], {}, { id: '../1' }, { id: 6543581008138760991 }])(
		'is not %j',
		(value) => {
			expect(parseAuditEntry(value)).toBeUndefined();
		},
	);

	it.each<[string, IDataObject, IDataObject]>([
		['no id', { id: undefined }, { id: null }],
		['an id that is no number', { id: '../1' }, { id: null }],
		['an id that was rounded', { id: Number('6543581008138760991') }, { id: null }],
		['no time', { created_at: undefined }, { at: null }],
		['a time that is none', { created_at: 'soon' }, { at: null }],
		['a time before 1970', { created_at: '1815-12-10T00:00:00Z' }, { at: null }],
		['an object for a time', { created_at: { toString: 1 } }, { at: null }],
		['no action', { audit_action: undefined }, { event: 'statusChanged' }],
		[
			'no type, but a URL',
			{ auditable_type: undefined },
			{ record: { type: 'Feature' }, part: null },
		],
		['an object for its type', { auditable_type: { name: 'x' } }, { record: { type: 'Feature' } }],
		[
			'no type and no URL',
			{ auditable_type: null, auditable_url: null },
			{ record: { type: 'unknown', id: '28', reference_num: null, url: null } },
		],
		[
			'no type and an action',
			{ auditable_type: null, audit_action: 'create', changes: [] },
			{ event: 'created', record: { type: 'Feature', reference_num: 'PRJ1-28' } },
		],
		['no contributor among some', { contributors: [null, 7, {}, { user: null }] }, {}],
		['no array of contributors', { contributors: 'nobody' }, {}],
		['null for its user', { user: null }, { by: null }],
		['text for its user', { user: 'Paula' }, { by: null }],
		[
			'objects for the texts of its user',
			{ user: { id: {}, name: { toString: 1 }, email: [[]] } },
			{ by: { id: null, name: null, email: null } },
		],
		[
			'objects for its texts',
			{ description: {}, auditable_url: { valueOf: 1 } },
			{ description: null },
		],
		['an object for the id of its record', { auditable_id: {} }, { record: { id: null } }],
		['null for its changes', { changes: null }, { changes: [] }],
		['no change among some', { changes: [null, 'x', 7] }, { changes: [] }],
		[
			'objects for the texts of a change',
			{ changes: [{ field_name: { toString: 1 }, value: { toString: { a: 1 } } }] },
			{ changes: [{ field: '', from: null, to: { toString: { a: 1 } } }] },
		],
	])('is read as far as it can be with %s', (_what, broken, expected) => {
		expect(select({ ...whole, ...broken })).toMatchObject({
			id: whole.id,
			at: whole.created_at,
			...expected,
		});
	});

	it('is an item by its id alone', () => {
		expect(select({ id: '7' })).toMatchObject({
			id: '7',
			at: null,
			event: 'updated',
			record: { type: 'unknown' },
			workspace: null,
		});
	});

	it('gives texts where texts go, whatever it is made of', () => {
		const keys = [...Object.keys(whole), 'contributors', 'associated_type', 'associated_id'];
		const texts = fc.constantFrom('create', 'feature', 'soon', '7', whole.auditable_url);
		const broken = (key: string) => fc.oneof(fc.constant(whole[key]), texts, json, fc.array(json));
		const entries = fc.record(Object.fromEntries(keys.map((key) => [key, broken(key)])), {
			requiredKeys: [],
		});
		let items = 0;
		fc.assert(
			fc.property(entries, (entry) => {
				const item = select(entry);
				if (!item) return;
				items += 1;
				const { id, at, event, record, by, description, changes } = item;
				const texts = [id, at, event, description];
				texts.push(...Object.values({ ...(record as IDataObject), ...(by as IDataObject) }));
				texts.push(...(changes as IDataObject[]).map(({ field }) => field));
				for (const text of texts) expect(text === null || typeof text === 'string').toBe(true);
				expect(String(JSON.stringify(item))).not.toContain('[object Object]');
			}),
			{ numRuns: runs(5_000) },
		);
		expect(items).toBeGreaterThan(runs(1_000));
	});
});
