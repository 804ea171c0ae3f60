import type { AxiosInstance } from 'axios';

import { startSandbox, type Sandbox } from '../../sandbox';
import type { Board } from '../../sandbox/board/records';
import { clientOf } from './browsing';

let sandbox: Sandbox;
let browser: AxiosInstance;
beforeAll(async () => {
	sandbox = await startSandbox({ limits: null });
	browser = clientOf(sandbox, 'https://mycompany.aha.io');
});
afterAll(async () => await sandbox.stop());

const read = async (): Promise<Board> => (await browser.get<Board>('/board/records')).data;

/** The entries that something adds to the audit log. */
async function auditsOf(work: () => Promise<{ status: number }>) {
	const { audits } = sandbox.account('mycompany').store;
	const before = audits.length;
	const { status } = await work();
	expect(status).toBeLessThan(300);
	return audits.slice(before);
}

test('the page has no key in it', async () => {
	const { data, headers } = await browser.get<string>('/');
	expect(headers['content-type']).toContain('text/html');
	expect(data).not.toContain(sandbox.account('mycompany').keys.owner);
});

test('a dragged feature has the new status, and the audit log tells of it', async () => {
	const { features, statuses } = await read();
	const [{ reference, status }] = features;
	const other = statuses.find((each) => each !== status);
	const path = `/board/features/${reference}/status`;
	const [audit] = await auditsOf(() => browser.put(path, { status: other }));
	expect(audit.changes.map(({ value }) => value)).toEqual([`${status} &rarr; ${other}`]);
	expect((await read()).features[0]).toMatchObject({ reference, status: other });
});

test('a vote counts each time, and a comment is one of the record', async () => {
	const [{ reference, votes = 0, comments }] = (await read()).ideas;
	const vote = () => browser.post(`/board/ideas/${reference}/votes`, {});
	const text = { text: 'We need it' };
	const comment = () => browser.post(`/board/ideas/${reference}/comments`, text);
	const audits = [
		...(await auditsOf(vote)),
		...(await auditsOf(vote)),
		...(await auditsOf(comment)),
	];
	expect(audits.map(({ audit_action: action }) => action)).toEqual(['create', 'create', 'create']);
	expect((await read()).ideas[0]).toMatchObject({ votes: votes + 2, comments: comments + 1 });
});

test('a status that the workspace does not have is refused', async () => {
	const [{ reference, status }] = (await read()).features;
	const path = `/board/features/${reference}/status`;
	expect((await browser.put(path, { status: 'Lost' })).status).toBeGreaterThanOrEqual(400);
	expect((await read()).features[0]).toMatchObject({ reference, status });
});
