import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { chosenWorkspace } from '../../../nodes/Aha/listSearch/workspace';
import { recordId } from '../../../nodes/Aha/run/references';
import { parseReference } from '../../../nodes/Aha/schema/references';
import type { RecordName } from '../../../nodes/Aha/schema/records';
import { recordKinds } from '../../../nodes/Aha/schema/records';
import type { AhaClient } from '../../../nodes/Aha/transport/client';
import { recorded } from '../../../sandbox/aha-api';

const HOST = 'mycompany.aha.io';

const idOf = (record: RecordName, value: unknown) =>
	recordId(value, { kind: 'record', record, label: 'Chosen' }, HOST);

test.each<[RecordName, unknown, string]>([
	['feature_id', '7', '7'],
	['feature_id', 7, '7'],
	['feature_id', ' PRJ1-12 ', 'PRJ1-12'],
	['feature_id', '6776497834567788990', '6776497834567788990'],
	['release_id', 'PRJ1-R-3', 'PRJ1-R-3'],
	['epic_id', 'PRJ1-E-4', 'PRJ1-E-4'],
	['requirement_id', 'PRJ1-12-1', 'PRJ1-12-1'],
	['product_id', 'PRJ1', 'PRJ1'],
	['comment_id', 'PRJ1-12', 'PRJ1-12'],
	['user_id', 'PRJ1-E-4', 'PRJ1-E-4'],
	['feature_id', `https://${HOST}/features/PRJ1-12`, 'PRJ1-12'],
	['feature_id', `HTTPS://${HOST}/features/PRJ1-12?x=1#y`, 'PRJ1-12'],
	['feature_id', `https://${HOST}/features/6776497834567788990/edit`, '6776497834567788990'],
	['requirement_id', `https://${HOST}/requirements/PRJ1-12-1`, 'PRJ1-12-1'],
	['key_result_id', `https://${HOST}/key_results/PRJ1-G-1-KR-1`, 'PRJ1-G-1-KR-1'],
	['idea_id', `https://${HOST}/ideas/ideas/PRJ1-I-5`, 'PRJ1-I-5'],
	['product_id', `https://${HOST}/products/PRJ1/feature_cards`, 'PRJ1'],
	['product_id', `https://${HOST}/projects/PRJ1`, 'PRJ1'],
])('%s from %j is %s', (record, value, id) => {
	expect(idOf(record, value)).toBe(id);
});

const FEATURE = 'the ID or reference, such as PRJ1-12, of a feature';

test.each<[RecordName, unknown, string]>([
	['feature_id', '', `${FEATURE}, not ""`],
	['feature_id', null, `${FEATURE}, not ""`],
	['feature_id', { id: 7 }, `${FEATURE}, not ""`],
	['feature_id', '../users', `${FEATURE}, not "../users"`],
	['feature_id', '7?fields=*', FEATURE],
	['feature_id', '7\r\nX: y', FEATURE],
	['feature_id', 'a b', FEATURE],
	['feature_id', 'PRJ1-E-4', `${FEATURE}, not "PRJ1-E-4, an epic"`],
	['feature_id', 'PRJ1-12-1', `${FEATURE}, not "PRJ1-12-1, a requirement"`],
	['feature_id', 'PRJ1-R-3', `${FEATURE}, not "PRJ1-R-3, a release"`],
	['requirement_id', 'PRJ1-12', 'the ID or reference, such as PRJ1-12-1, of a requirement'],
	['user_id', 'a/b', 'the ID of a user, not "a/b"'],
	['feature_id', 'https://evil.example/features/PRJ1-12', `a link to ${HOST}, the account`],
	['feature_id', `https://${HOST}.evil.example/features/PRJ1-12`, `a link to ${HOST}`],
	['feature_id', `https://${HOST}/features/overview`, FEATURE],
	['feature_id', 'https://', FEATURE],
	['product_id', 'https://', 'the ID or reference, such as PRJ1, of a workspace'],
])('%s from %j is rejected', (record, value, message) => {
	expect(() => idOf(record, value)).toThrow(`"Chosen" must be ${message}`);
});

const REFERENCES: Array<[RecordName, string]> = [
	['feature_id', 'PRJ1-12'],
	['feature_id', 'PRJe-12'],
	['feature_id', '3D-12'],
	['feature_id', '12'],
	['feature_id', '6776757454428206157'],
	['epic_id', 'PRJe-E-4'],
	['release_id', 'PRJe-R-4'],
	['release_id', 'PL1-R-101'],
	['release_id', 'PRJ1-MR-1'],
	['roll_up_release_id', 'PL1-R-101'],
	['roll_up_release_id', 'PRJ1-MR-1'],
	['idea_id', '3d-I-10'],
	['initiative_id', 'PL1-S-2'],
	['goal_id', 'DEMOENT-G-3'],
	['key_result_id', 'DEMOENT-G-3-KR-1'],
	['requirement_id', 'PRJe-12-1'],
	['page_id', 'my2ndProduct-N-6'],
	['task_id', 'PRJ1-TODO-1'],
	['idea_organization_id', 'ACCOUNT-O-1'],
	['product_id', 'PRJ1'],
	['product_id', 'PRJe'],
	['product_id', '3D'],
	['product_id', '131414752'],
];

test.each(REFERENCES)('%s takes %s', (record, typed) => {
	expect(idOf(record, typed)).toBe(typed);
	expect(idOf(record, ` ${typed}\n`)).toBe(typed);
});

const LINKS: Array<[RecordName, string, string]> = [
	['feature_id', '/features/3D-12', '3D-12'],
	['feature_id', 'https://mycompany.aha.io/features/3D-12', '3D-12'],
	['feature_id', 'http://mycompany.aha.io/features/PRJe-12?tab=x', 'PRJe-12'],
	['feature_id', 'mycompany.aha.io/features/PRJ1-12', 'PRJ1-12'],
	['feature_id', 'MyCompany.Aha.io/features/PRJ1-12/', 'PRJ1-12'],
	['feature_id', 'https://mycompany.aha.io/features/COMP-79#requirement_6510', 'COMP-79'],
	['feature_id', '/products/PRJ1/feature_cards/PRJ1-12', 'PRJ1-12'],
	['requirement_id', 'https://mycompany.aha.io/features/COMP-79#requirement_6510', '6510'],
	['requirement_id', 'mycompany.aha.io/features/3D-7?a=b#requirement_7', '7'],
	['requirement_id', '/requirements/PRJ1-12-1', 'PRJ1-12-1'],
	['release_id', 'https://mycompany.aha.io/releases/PRJe-R-4', 'PRJe-R-4'],
	['release_id', '/master_releases/PL1-R-101', 'PL1-R-101'],
	['roll_up_release_id', 'https://mycompany.aha.io/master_releases/PL1-R-101', 'PL1-R-101'],
	['roll_up_release_id', 'mycompany.aha.io/master_releases/PRJ1-MR-1', 'PRJ1-MR-1'],
	['task_id', 'https://mycompany.aha.io/tasks/PRJ1-TODO-1', 'PRJ1-TODO-1'],
	['idea_organization_id', '/ideas/idea_organizations/ACCOUNT-O-1', 'ACCOUNT-O-1'],
	['key_result_id', '/key_results/DEMOENT-G-3-KR-1', 'DEMOENT-G-3-KR-1'],
	['page_id', 'https://mycompany.aha.io/pages/PRJ1-N-6/UTF-8', 'PRJ1-N-6'],
	['comment_id', 'https://mycompany.aha.io/comments/1038029', '1038029'],
	['comment_id', 'https://mycompany.aha.io/features/COMP-79#comment_651', '651'],
	['idea_id', 'https://mycompany.aha.io/ideas/ideas/PRJ1-I-5', 'PRJ1-I-5'],
	['idea_id', 'https://x.ideas.aha.io/ideas/PRJ1-I-10', 'PRJ1-I-10'],
	['idea_id', 'x.ideas.aha.io/ideas/PRJe-I-10?sort=popular#comments', 'PRJe-I-10'],
	['idea_id', 'https://x.ideas.use3.aha.io/ideas/PRJ1-I-10', 'PRJ1-I-10'],
	['idea_id', 'https://feedback.example.com/ideas/3D-I-10/', '3D-I-10'],
	['idea_id', 'feedback.example.com/ideas/PRJ1-I-10', 'PRJ1-I-10'],
	['product_id', 'https://mycompany.aha.io/products/PRJe/feature_cards', 'PRJe'],
	['product_id', 'https://mycompany.aha.io/projects/131414752', '131414752'],
	['product_id', 'https://mycompany.aha.io/ideas/ideas/PRJ1-I-5', 'PRJ1'],
	['product_id', 'https://mycompany.aha.io/features/COMP-79#requirement_6510', 'COMP'],
	['product_id', 'mycompany.aha.io/master_releases/PL1-R-101', 'PL1'],
	['product_id', '/features/3D-12', '3D'],
	['product_id', 'https://x.ideas.aha.io/ideas/PRJe-I-10', 'PRJe'],
];

test.each(LINKS)('%s finds in %s what it names', (record, link, id) => {
	expect(idOf(record, link)).toBe(id);
});

const REFUSED: Array<[RecordName, string, string]> = [
	['epic_id', 'PRJe-R-3', 'a release'],
	['feature_id', 'PL1-MR-1', 'a roll-up release'],
	['release_id', 'PRJe-12', 'a feature'],
	['roll_up_release_id', '3D-E-1', 'an epic'],
	['feature_id', 'PRJ1-TODO-1', 'a to-do'],
	['idea_id', 'ACCOUNT-O-1', 'an idea organization'],
	['goal_id', 'DEMOENT-G-3-KR-1', 'a key result'],
	['requirement_id', 'https://mycompany.aha.io/features/COMP-79', 'a feature'],
	['requirement_id', 'https://mycompany.aha.io/features/COMP-79#comment_651', 'a feature'],
	['feature_id', 'https://x.ideas.aha.io/ideas/PRJ1-I-10', 'an idea'],
	['product_id', 'PRJ1-12', 'a feature'],
	['product_id', 'https://mycompany.aha.io/settings/api_keys', '"Chosen" must be'],
	['product_id', 'https://mycompany.aha.io/products', '"Chosen" must be'],
	[
		'product_id',
		'https://mycompany.aha.io/ideas/idea_organizations/ACCOUNT-O-1',
		'"Chosen" must be',
	],
	['product_id', 'https://mycompany.aha.io/', '"Chosen" must be'],
	['idea_id', 'https://x.ideas.aha.io/ideas/new', 'a link to mycompany.aha.io'],
	['idea_id', 'https://x.ideas.aha.io/features/PRJ1-I-10', 'a link to mycompany.aha.io'],
	['idea_id', 'https://othercompany.aha.io/ideas/PRJ1-I-10', 'a link to mycompany.aha.io'],
	['idea_id', 'https://mycompany.use3.aha.io/ideas/PRJ1-I-10', 'a link to mycompany.aha.io'],
	['feature_id', 'evil.example/features/PRJ1-12', 'a link to mycompany.aha.io'],
	['feature_id', '//evil.example/features/PRJ1-12', 'a link to mycompany.aha.io'],
	['feature_id', 'https://mycompany.aha.io@evil.example/features/PRJ1-12', 'a link to'],
	['feature_id', 'https://mycompany.aha.io:8443/features/PRJ1-12', 'a link to'],
	['feature_id', '../users', '"Chosen" must be'],
	['feature_id', '/users/../..', '"Chosen" must be'],
	['feature_id', '', '"Chosen" must be'],
];

test.each(REFUSED)('%s refuses %j: %s', (record, typed, reason) => {
	expect(() => idOf(record, typed)).toThrow(reason);
});

/** Every reference number that Aha!'s recorded responses hold. */
const known = new Set(
	[...JSON.stringify(recorded).matchAll(/"reference_num":"([^"]+)"/g)].map(([, num]) => num),
);

test('every recorded reference number is read', () => {
	expect(known.size).toBeGreaterThanOrEqual(50);
	expect([...known].filter((num) => parseReference(num) === undefined)).toEqual([]);
});

test.each(['UTF', '8', '2026-01', 'PRJ1-', '-12', 'PRJ1-12-', 'PRJ1-r-3', 'PRJ1-12 x', 'a b-1'])(
	'%j is no reference number',
	(text) => {
		expect(parseReference(text)).toBeUndefined();
	},
);

describe('the workspace of a form', () => {
	const workspaceOf = (name: string, value: string) =>
		chosenWorkspace(
			{
				getCurrentNodeParameter: (asked: string) => (asked === name ? value : undefined),
			} as unknown as ILoadOptionsFunctions,
			{ host: HOST } as AhaClient,
		);

	test.each([
		['product_id', 'PRJe', 'PRJe'],
		['product_id', 'https://mycompany.aha.io/ideas/ideas/3D-I-1', '3D'],
		['feature_id', '3D-12', '3D'],
		['release_id', 'PRJe-R-4', 'PRJe'],
		['roll_up_release_id', 'PL1-R-101', 'PL1'],
		['task_id', 'PRJ1-TODO-1', 'PRJ1'],
		['idea_organization_id', 'ACCOUNT-O-1', undefined],
		['feature_id', '6776757454428206157', undefined],
	])('with %s %s is %s', async (name, value, workspace) => {
		expect(await workspaceOf(name, value)).toBe(workspace);
	});
});

test('every example of a kind is one of its own', () => {
	for (const [name, { example }] of Object.entries(recordKinds)) {
		if (example) expect(idOf(name as RecordName, example)).toBe(example);
	}
});
