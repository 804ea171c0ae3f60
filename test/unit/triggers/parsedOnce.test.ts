import { poll } from '../../../nodes/Aha/triggers/poll';
import { receive } from '../../../nodes/Aha/triggers/receive';
import { auditAt, FakeAccount, NOON, pollContext, webhookContext } from './fakeAccount';

const MINUTE = 60_000;
const ENTRIES = 1_000;

/** Counts what is done to the entries of the log while something runs. */
async function counted(run: () => Promise<unknown>) {
	const OriginalUrl = globalThis.URL;
	const lowerCase = jest.spyOn(String.prototype, 'toLowerCase');
	const parsed: string[] = [];
	const isEntry = (url: string | URL) => /\/(features|comments)\//.test(String(url));
	class CountingUrl extends OriginalUrl {
		constructor(url: string | URL, base?: string | URL) {
			if (isEntry(url)) parsed.push(String(url));
			super(url, base);
		}

		static override canParse(url: string | URL): boolean {
			if (isEntry(url)) parsed.push(String(url));
			return OriginalUrl.canParse(url);
		}
	}
	globalThis.URL = CountingUrl;
	try {
		await run();
		const names = lowerCase.mock.contexts.map(String);
		return { urls: parsed.length, names: (name: string) => names.filter((n) => n === name).length };
	} finally {
		globalThis.URL = OriginalUrl;
		lowerCase.mockRestore();
	}
}

const entries = Array.from({ length: ENTRIES }, (_, index) =>
	auditAt(NOON + MINUTE, index, {
		auditable_type: 'Comment',
		associated_type: 'Feature',
		associated_id: '7',
		audit_action: 'create',
		changes: [{ field_name: 'Body', value: 'a &rarr; b' }],
	}),
);

const parameters = {
	events: ['commentAdded', 'created', 'updated', 'statusChanged'],
	recordTypes: ['epic', 'feature', 'comment'],
	filters: { workspaces: ['PRJ1', 'PRJ2'], changedBy: ['pm@example.com'], changedFields: ['Body'] },
};

test('a poll parses each entry of the audit log once', async () => {
	const account = new FakeAccount();
	const context = pollContext({ account, parameters, workflow: 'parsed once' });
	await poll(context);
	account.audits = entries;
	account.now = NOON + 2 * MINUTE;
	let items = 0;
	const count = await counted(async () => {
		items = (await poll(context))?.[0].length ?? 0;
	});
	expect(items).toBe(ENTRIES);
	expect(count.urls).toBe(ENTRIES);
	// Once for its record type and once for the name of it.
	expect(count.names('Comment')).toBeLessThanOrEqual(2 * ENTRIES);
	expect(count.names('Feature')).toBeLessThanOrEqual(ENTRIES);
	// What is selected is normalised once a poll.
	expect(count.names('PRJ2')).toBe(1);
});

test('a delivery is parsed once', async () => {
	const account = new FakeAccount();
	const body = { event: 'audit', audit: entries[0] };
	const { context } = webhookContext({
		account,
		parameters,
		body,
	});
	const count = await counted(async () => {
		expect((await receive(context)).workflowData).toHaveLength(1);
	});
	expect(count.urls).toBe(1);
});
