import type { IDataObject } from 'n8n-workflow';

import { parseAuditEntry } from '../../../nodes/Aha/triggers/change/auditEntry';
import {
	parseRecordVersion,
	versionChange,
} from '../../../nodes/Aha/triggers/change/recordVersion';
import { createSelect } from '../../../nodes/Aha/triggers/change/selection';
import { addFullRecords } from '../../../nodes/Aha/triggers/fullRecord';
import { readSelection } from '../../../nodes/Aha/triggers/properties';
import { receive } from '../../../nodes/Aha/triggers/receive';
import { anything } from './anything';
import { auditAt, FakeAccount, NOON, pollContext, webhookContext } from './fakeAccount';
import { trigger, UPDATES } from './fakeTrigger';

const MEGABYTE = 2 ** 20;

/** A megabyte of ideographs in no order: encoding the host of a URL takes the square of it. */
function ideographs(): string {
	let random = 1;
	return Array.from({ length: MEGABYTE }, () => {
		random = (random * 48_271) % 2_147_483_647;
		return String.fromCodePoint(0x4e00 + (random % 20_000));
	}).join('');
}

/**
 * Beginnings, and what follows them again and again. Each made some pattern or parser take more
 * than a linear time, or would make an obvious one do so: it would block n8n for minutes or hours.
 */
const SHAPES: Array<[string, string]> = [
	['', ' '],
	['', '\n'],
	['', '\u00a0'],
	['', ' &rarr'],
	['', ' → '],
	['x', ' &rarr; '],
	['', '<span class="deleted">'],
	['', '<span class="inserted">x'],
	['<span class="deleted">', '<span>'],
	['<span class="deleted">', '<span>x</span>'],
	['', '<span '],
	['', '<span class="deleted"'],
	['<span class="inserted">', '</span>'],
	['', '</span>'],
	['', '<'],
	['', '&'],
	['', '&#'],
	['', '&#x1'],
	['', '&aaaaaaaa'],
	['', '1'],
	['', 'aB'],
	['', 'A'],
	['', '::'],
	['', 'feature '],
	['updated ', 'feature A-'],
	['feature ', '1a'],
	['feature ', '1'],
	['feature A-', '1'],
	['feature A-', '1-'],
	['', 'A1-'],
	['', 'a/'],
	['', 's/'],
	['', '../'],
	['', '%2e'],
	['', '@'],
	['', ','],
	['', '"'],
	['', '\\'],
	['2026-01-01T00:00:00.', '0'],
	['', '('],
	['', '('.repeat(99) + ')'],
	['', 'status '],
	['shipped ', 'shipped'],
	['', 'é'],
	['', '\u{1f600}'],
	['', '\ud800'],
	['', ideographs()],
];

const filled = ([start, text]: [string, string]): string =>
	start + text.repeat(Math.ceil((MEGABYTE - start.length) / text.length));

const named = (shape: [string, string]) =>
	[JSON.stringify(shape.join('').slice(0, 30)), shape] as const;

/** Each text of an entry, and a URL with it in its host, its path and its query. */
const entriesOf = (value: string): IDataObject[] =>
	[value, `https://${value}`, `https://mycompany.aha.io/${value}`, `https://a.io/?${value}`].map(
		(url) => ({
			...auditAt(NOON, 1),
			audit_action: value,
			auditable_type: value,
			auditable_id: value,
			auditable_url: url,
			associated_type: value,
			description: value,
			user: { id: value, name: value, email: value },
			contributors: [{ user: { email: value } }],
			changes: [{ field_name: value, value }],
		}),
	);

describe.each(SHAPES.map(named))('a megabyte of %s', (_name, shape) => {
	const value = filled(shape);

	it('is read in an entry of the log', () => {
		for (const entry of entriesOf(value)) {
			const change = parseAuditEntry(entry);
			const item = change && createSelect({ ...anything, changedFields: [value] })(change);
			expect(item).toMatchObject({
				id: entry.id,
				events: expect.arrayContaining(['updated']) as unknown,
			});
		}
		const untimed = { ...auditAt(NOON, 1), created_at: value, id: value };
		expect(parseAuditEntry(untimed)).toMatchObject({ id: null, at: null });
	});

	it('is read in a record of a list', () => {
		const record = { id: '1', reference_num: value, name: value, url: value, created_at: value };
		expect(parseRecordVersion({ ...record, updated_at: value })).toBeUndefined();
		expect(parseRecordVersion({ ...record, id: value })).toBeUndefined();
		const version = parseRecordVersion({ ...record, updated_at: '2026-03-01T12:00:00Z' });
		const change = version && versionChange('feature', version, 'updated');
		expect(change).toMatchObject({ id: '1@2026-03-01T12:00:00.000Z', url: value });
	});

	it('is compared in a selection', () => {
		const filters = {
			changedFields: [value, value],
			changedBy: value,
			workspaces: [[value]],
			newStatus: value,
			oldStatus: [value],
		};
		const parameters = { recordTypes: value, events: [value], filters };
		const selection = readSelection(pollContext({ account: new FakeAccount(), parameters }));
		const change = parseAuditEntry(auditAt(NOON, 1));
		expect(change).toBeDefined();
		if (change) expect(() => createSelect(selection)(change)).not.toThrow();
	});

	it('is no record to be read', async () => {
		const account = new FakeAccount();
		const item = { record: { id: value, reference_num: value, type: 'Feature' } };
		await addFullRecords({ host: '' } as never, [item]);
		expect(item).toMatchObject({ full_record: null, full_record_error: null });
		expect(account.requests).toEqual([]);
	});
});

test.each(SHAPES.map(named))('a delivery with much of %s is read', async (name, shape) => {
	// Its JSON takes up to six bytes for each of these, and the limit is a megabyte.
	const description = filled(shape).slice(0, 150_000);
	const delivery = {
		account: new FakeAccount(),
		parameters: { ...UPDATES, header: { value: { name: 'X-Key', content: 'sandbox-key' } } },
		body: { event: 'audit', audit: auditAt(NOON, 1, { description }) },
		workflow: `delivery of ${name}`,
	};
	const stranger = webhookContext({ ...delivery, headers: { 'x-key': description } });
	expect(await receive(stranger.context)).toEqual({ noWebhookResponse: true });
	const { context } = webhookContext({ ...delivery, headers: { 'x-key': 'sandbox-key' } });
	expect((await receive(context)).workflowData?.[0]).toHaveLength(1);
});

test('polls read on behind megabytes of any of them', async () => {
	const account = new FakeAccount();
	const { poll } = trigger(account, { parameters: { recordTypes: [], events: [] } });
	await poll();
	const broken = SHAPES.slice(0, 12).map((shape, index) => ({
		...auditAt(NOON + index, index),
		...entriesOf(filled(shape))[0],
		id: auditAt(NOON + index, index).id,
	}));
	account.audits = [...broken, auditAt(NOON + 1_000, 99)];
	expect((await poll())?.at(-1)).toMatchObject({ record: { reference_num: 'PRJ1-99' } });
});
