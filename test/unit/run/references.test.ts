import { recordId } from '../../../nodes/Aha/run/references';
import type { RecordName } from '../../../nodes/Aha/schema/records';

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
	['task_id', 'PRJ1-E-4', 'PRJ1-E-4'],
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
	['feature_id', 'PRJ1-E-4', `${FEATURE}, not "PRJ1-E-4, a epic"`],
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
