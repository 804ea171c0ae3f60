import type { IDataObject } from 'n8n-workflow';

import { parseAuditEntry } from '../../../../nodes/Aha/triggers/change/auditEntry';
import type { Change } from '../../../../nodes/Aha/triggers/change/change';
import { linkedRecord } from '../../../../nodes/Aha/triggers/change/recordTypes';
import type { Selection } from '../../../../nodes/Aha/triggers/change/selection';
import { createSelect } from '../../../../nodes/Aha/triggers/change/selection';
import { anything } from '../anything';
import type { AuditEntry } from '../fakeAccount';

const person = { id: '6514078897796815681', name: 'Paula Manager', email: 'pm@example.com' };
const user = { ...person, created_at: '2018-01-23T03:13:02.585Z' };

/** As an activity webhook delivers the change of a status. */
const statusChange: AuditEntry = {
	id: '6543581008138760991',
	audit_action: 'update',
	created_at: '2018-04-12T15:16:17.922Z',
	interesting: true,
	user,
	auditable_type: 'feature',
	auditable_id: '6514078362261846610',
	description: 'updated feature DEMO-28 Language options',
	auditable_url: 'https://mycompany.aha.io/features/DEMO-28',
	changes: [
		{ field_name: 'Workflow status', value: 'Under consideration &rarr; Ready to develop' },
	],
};

/** As an activity webhook delivers a vote: only its URL names the idea. */
const vote: AuditEntry = {
	id: '6543586303049439552',
	audit_action: 'create',
	created_at: '2018-04-12T15:36:50.739Z',
	user,
	auditable_type: 'ideas/idea_endorsement',
	auditable_id: '6543586302962967491',
	description: 'voted for idea DEMO-I-15 Alert me to overtraining',
	auditable_url: 'https://mycompany.aha.io/ideas/ideas/DEMO-I-15',
	changes: [],
};

/** As `GET /audits` lists the change of a description. */
const description: AuditEntry = {
	id: '6776757454428206157',
	audit_action: 'update',
	created_at: '2019-01-01T00:00:00.000Z',
	user,
	contributors: [{ user: { ...user, email: 'writer@example.com' } }],
	auditable_type: 'note',
	auditable_id: 793547626,
	associated_type: 'feature',
	associated_id: 1007868956,
	description: 'updated feature PRJ1-1 Feature 1',
	auditable_url: 'https://mycompany.aha.io:8338/features/PRJ1-1',
	changes: [
		{
			field_name: 'Description',
			value: '<p><span class="deleted">Body of note 1</span><span class="inserted">New</span></p>',
		},
	],
};

const select = (audit: AuditEntry, selection: Partial<Selection> = {}): IDataObject | undefined =>
	createSelect({ ...anything, ...selection })(parseAuditEntry(audit) as Change);

describe('the item of a change', () => {
	it('tells what changed from what to what, who did it and when', () => {
		expect(select(statusChange)).toEqual({
			id: '6543581008138760991',
			event: 'statusChanged',
			events: ['statusChanged', 'updated'],
			at: '2018-04-12T15:16:17.922Z',
			record: {
				type: 'Feature',
				id: '6514078362261846610',
				reference_num: 'DEMO-28',
				name: 'Language options',
				url: 'https://mycompany.aha.io/features/DEMO-28',
			},
			workspace: 'DEMO',
			interesting: true,
			status: { from: 'Under consideration', to: 'Ready to develop' },
			changes: [{ field: 'Workflow status', from: 'Under consideration', to: 'Ready to develop' }],
			changed: { 'Workflow status': { from: 'Under consideration', to: 'Ready to develop' } },
			by: person,
			description: 'updated feature DEMO-28 Language options',
			part: null,
		});
	});

	it('gives a change of a description to the record it belongs to', () => {
		expect(select(description)).toMatchObject({
			event: 'updated',
			events: ['updated'],
			record: { type: 'Feature', id: '1007868956', reference_num: 'PRJ1-1', name: 'Feature 1' },
			workspace: 'PRJ1',
			changes: [{ field: 'Description', from: '<p>Body of note 1</p>', to: '<p>New</p>' }],
			part: { type: 'Description', id: '793547626' },
		});
	});

	it.each(['create', 'destroy'])('takes the %s of a custom field value for an update', (action) => {
		const audit = { ...description, audit_action: action, auditable_type: 'custom_field_value' };
		expect(select(audit)).toMatchObject({ event: 'updated', record: { type: 'Feature' } });
	});

	it('gives a vote to its idea, or as a record of its own', () => {
		expect(select(vote)).toMatchObject({
			event: 'voteAdded',
			record: {
				type: 'Idea',
				id: null,
				reference_num: 'DEMO-I-15',
				name: 'Alert me to overtraining',
			},
			part: { type: 'Idea Vote', id: '6543586302962967491' },
		});
		expect(select(vote, { recordTypes: ['ideaVote'] })).toMatchObject({
			event: 'created',
			record: { type: 'Idea Vote', id: '6543586302962967491', reference_num: null },
			part: null,
		});
	});

	it('gives a comment to what it is on', () => {
		const comment: AuditEntry = {
			...description,
			audit_action: 'create',
			auditable_type: 'comment',
			associated_type: 'Epic',
			auditable_url: 'https://mycompany.aha.io/epics/PRJ1-E-4',
			description: 'commented on epic PRJ1-E-4 Big',
		};
		expect(select(comment)).toMatchObject({
			event: 'commentAdded',
			record: { type: 'Epic', id: '1007868956', reference_num: 'PRJ1-E-4', name: 'Big' },
		});
		const edited = { ...comment, audit_action: 'update' };
		expect(select(edited)).toMatchObject({ event: 'updated', record: { type: 'Comment' } });
	});

	it.each([
		['create', 'created'],
		['destroy', 'deleted'],
		['update', 'updated'],
	])('calls %s %s', (action, event) => {
		expect(select({ ...statusChange, audit_action: action, changes: [] })).toMatchObject({ event });
	});

	it.each([
		['shipped', { description: 'shipped release PRJ1-R-1 One' }],
		['shipped', { changes: [{ field_name: 'Status', value: 'In progress &rarr; Shipped' }] }],
		['assigned', { changes: [{ field_name: 'Assigned to', value: '&rarr; Paula Manager' }] }],
	])('knows %s by what the log says', (event, said) => {
		const release = { ...statusChange, auditable_type: 'release', changes: [], ...said };
		expect(select(release)).toMatchObject({ event, record: { type: 'Release' } });
	});

	it.each([
		['StrategicImperative', 'Goal'],
		['strategic_imperative', 'Goal'],
		['Ideas::Idea', 'Idea'],
		['ideas/idea', 'Idea'],
		['master_feature', 'Epic'],
		['page', 'Note'],
		['task', 'To-Do'],
		['ReleasePhase', 'Release Phase'],
		['scorecards/score_card', 'score_card'],
	])('calls a %s %s', (type, recordType) => {
		const audit = { ...statusChange, auditable_type: type, auditable_url: null };
		expect(select(audit)).toMatchObject({ record: { type: recordType } });
	});

	it('has no id where JSON rounded it', () => {
		const rounded = JSON.parse('{"auditable_id": 6514078362261846610}') as IDataObject;
		expect(select({ ...statusChange, ...rounded })).toMatchObject({
			record: { id: null, reference_num: 'DEMO-28' },
		});
	});

	it.each([
		['updated feature PRJ1-1 Sync with PRJ1-1 again', 'PRJ1-1', 'Sync with PRJ1-1 again'],
		['updated feature PRJ1-1 Replace XPRJ1-1 by PRJ1-12', 'PRJ1-1', 'Replace XPRJ1-1 by PRJ1-12'],
		['updated feature MYPRJ1-1 no PRJ1-1 Name', 'PRJ1-1', 'Name'],
		['updated feature PRJ1-1 Tom &amp; Ann&#x27;s &mdash; &#8364;5', 'PRJ1-1', "Tom & Ann's — €5"],
		['updated feature PRJ1-1', 'PRJ1-1', null],
		['updated feature PRJ1-1 ', 'PRJ1-1', null],
		['updated release PRJe-R-4 Spring', 'PRJe-R-4', 'Spring'],
	])('has the whole name in %j', (said, reference, name) => {
		const kind = reference.includes('-R-') ? 'release' : 'feature';
		const audit = {
			...statusChange,
			auditable_type: kind,
			description: said,
			auditable_url: `https://mycompany.aha.io/${kind}s/${reference}`,
		};
		expect(select(audit)?.record).toMatchObject({ reference_num: reference, name });
	});

	it.each([
		[true, true],
		[false, false],
		[undefined, null],
		['no', null],
	])('says whether Aha! reports it: %j', (interesting, flag) => {
		expect(select({ ...statusChange, interesting })).toMatchObject({ interesting: flag });
	});

	it('has each field by its name, and no status where none changed', () => {
		expect(select(description)).toMatchObject({
			status: null,
			changed: { Description: { from: '<p>Body of note 1</p>', to: '<p>New</p>' } },
		});
	});

	it('is whole without what the log may leave out', () => {
		const { id, audit_action, created_at, auditable_type } = statusChange;
		expect(select({ id, audit_action, created_at, auditable_type })).toMatchObject({
			record: { id: null, reference_num: null, name: null, url: null },
			workspace: null,
			changes: [],
			by: null,
		});
	});
});

describe('which changes are selected', () => {
	it.each<[string, Partial<Selection>, boolean]>([
		['its type', { recordTypes: ['epic', 'feature'] }, true],
		['another type', { recordTypes: ['epic'] }, false],
		['its event', { events: ['statusChanged'] }, true],
		['the wider event', { events: ['updated'] }, true],
		['another event', { events: ['created', 'assigned'] }, false],
		['its workspace', { workspaces: ['PRJ1', 'demo'] }, true],
		['another workspace', { workspaces: ['PRJ1'] }, false],
		['its author', { changedBy: ['PM@example.com'] }, true],
		['another person', { changedBy: ['nobody@example.com'] }, false],
		['its field', { changedFields: ['workflow_status'] }, true],
		['its field as shown', { changedFields: ['Due date', 'Workflow Status'] }, true],
		['another field', { changedFields: ['Due date'] }, false],
		['its author by name', { changedBy: ['paula manager'] }, true],
		['its author by ID', { changedBy: [person.id] }, true],
		['its new status', { newStatuses: ['Shipped', ' ready TO develop'] }, true],
		['another new status', { newStatuses: ['Under consideration'] }, false],
		['its old status', { oldStatuses: ['UNDER CONSIDERATION'] }, true],
		['another old status', { oldStatuses: ['Ready to develop'] }, false],
		[
			'both statuses',
			{ oldStatuses: ['Under consideration'], newStatuses: ['Ready to develop'] },
			true,
		],
		['one status of two', { oldStatuses: ['New'], newStatuses: ['Ready to develop'] }, false],
		['a status that Aha! does not have', { newStatuses: ['Nonsense'] }, false],
	])('by %s', (_what, selection, isSelected) => {
		expect(select(statusChange, selection) !== undefined).toBe(isSelected);
	});

	it('by one of several authors of a text', () => {
		expect(select(description, { changedBy: ['writer@example.com'] })).toBeDefined();
	});

	it.each([
		['no change of the status', []],
		['a status that is no text', [{ field_name: 'Status', value: { a: 1 } }]],
	])('by a status: not %s', (_what, changes) => {
		expect(select({ ...statusChange, changes }, { newStatuses: ['Shipped'] })).toBeUndefined();
		expect(select({ ...statusChange, changes }, { oldStatuses: ['New'] })).toBeUndefined();
	});

	it('by a first status, which a new record gets', () => {
		const created = {
			...statusChange,
			audit_action: 'create',
			changes: [{ field_name: 'Status', value: '&rarr; New &amp; open' }],
		};
		expect(select(created, { newStatuses: ['New & Open'] })).toMatchObject({
			event: 'created',
			status: { from: null, to: 'New & open' },
		});
		expect(select(created, { oldStatuses: ['New & open'] })).toBeUndefined();
	});

	it('names the most telling of the chosen events', () => {
		expect(select(statusChange, { events: ['updated'] })).toMatchObject({ event: 'updated' });
		expect(select(statusChange, { events: ['updated', 'statusChanged'] })).toMatchObject({
			event: 'statusChanged',
		});
	});

	it('asks only updates for their fields', () => {
		const created = { ...statusChange, audit_action: 'create', changes: [] };
		expect(select(created, { changedFields: ['Due date'] })).toBeDefined();
		expect(
			select({ ...statusChange, changes: [] }, { changedFields: ['Due date'] }),
		).toBeUndefined();
		expect(select({ ...statusChange, changes: [] })).toBeDefined();
	});

	it('without minor ones where these are skipped', () => {
		const minor = { ...statusChange, interesting: false };
		expect(select(minor)).toBeDefined();
		expect(select(minor, { skipMinor: true })).toBeUndefined();
		expect(select(statusChange, { skipMinor: true })).toBeDefined();
		expect(select(vote, { skipMinor: true })).toBeDefined();
	});

	it.each([
		['https://mycompany.aha.io/releases/PRJe-R-4', '', 'PRJe'],
		['https://mycompany.aha.io/features/3D-12', '', '3D'],
		['https://mycompany.aha.io/products/PRJe', '', 'PRJe'],
		[
			'https://mycompany.aha.io/tasks/15',
			'completed to-do Read UTF-8 of feature prj-7 Phone',
			'prj',
		],
		['https://mycompany.aha.io/tasks/15', 'completed to-do UTF-8 everywhere', null],
		['https://mycompany.aha.io/features/77', 'updated feature Read UTF-8 files', null],
		[null, 'deleted key result PRJe-G-3-KR-1 Growth', 'PRJe'],
		['https://mycompany.aha.io/idea_organizations/ACCOUNT-O-1', '', null],
		[null, 'UTF-8', null],
	])('by the workspace in %j or %j', (auditable_url, said, workspace) => {
		const audit = { ...statusChange, auditable_url, description: said };
		expect(select(audit)).toMatchObject({ workspace });
		if (workspace === null) {
			expect(select(audit, { workspaces: ['UTF', 'ACCOUNT'] })).toBeUndefined();
		} else {
			expect(select(audit, { workspaces: [workspace] })).toBeDefined();
			expect(select(audit, { workspaces: ['PRJ1'] })).toBeUndefined();
		}
	});

	it('knows the workspace of what has no page of its own', () => {
		const task = {
			...statusChange,
			auditable_type: 'task',
			auditable_url: 'https://mycompany.aha.io/tasks/15',
			description: 'completed to-do Call on feature PRJ1-12 Phone',
		};
		expect(select(task, { workspaces: ['PRJ1'] })).toMatchObject({ workspace: 'PRJ1' });
	});
});

describe('the URL of a record', () => {
	it.each([
		['https://mycompany.aha.io/features/PRJ1-1', 'feature', 'PRJ1-1'],
		['https://mycompany.aha.io/ideas/ideas/PRJ1-I-1', 'idea', 'PRJ1-I-1'],
		['https://mycompany.aha.io/strategic_imperatives/PRJ1-G-1', 'goal', 'PRJ1-G-1'],
		['https://mycompany.aha.io/master_releases/PRJ1-MR-2', 'release', 'PRJ1-MR-2'],
	])('%s is that of a %s', (url, type, reference) => {
		const linked = linkedRecord(url);
		expect([linked?.type.value, linked?.reference]).toEqual([type, reference]);
	});

	it.each(['', 'null', 'https://mycompany.aha.io/', 'https://mycompany.aha.io/settings/x'])(
		'%j is that of no record',
		(url) => {
			expect(linkedRecord(url)).toBeUndefined();
		},
	);
});
