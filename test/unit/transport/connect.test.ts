import type { IExecuteFunctions } from 'n8n-workflow';

import { connect } from '../../../nodes/Aha/transport/client';

const GIVEN_UP = 'Regular expression execution timed out';

/** A context whose credential cannot be read so many times. */
function contextFailing(times: number, message: string) {
	let readings = 0;
	const context = {
		getNode: () => ({ name: 'Aha!' }),
		getNodeParameter: () => 'apiKey',
		getExecutionCancelSignal: () => undefined,
		getCredentials: async () => {
			if (++readings <= times) throw new Error(message);
			return { accountDomain: 'mycompany' };
		},
	} as unknown as IExecuteFunctions;
	return { context, readings: () => readings };
}

test('reads a credential again that a busy n8n gave up reading', async () => {
	const { context, readings } = contextFailing(2, GIVEN_UP);
	expect((await connect(context)).host).toBe('mycompany.aha.io');
	expect(readings()).toBe(3);
});

test.each([
	[GIVEN_UP, 4],
	['There is no credential', 1],
])('says what n8n says when it stands: %s', async (message, times) => {
	const { context, readings } = contextFailing(Infinity, message);
	await expect(connect(context)).rejects.toThrow(message);
	expect(readings()).toBe(times);
});
