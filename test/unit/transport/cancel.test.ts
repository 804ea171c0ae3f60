import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { execute } from '../../../nodes/Aha/run/execute';
import { resources } from '../../../nodes/Aha/resources';

const parameters: Record<string, unknown> = {
	authentication: 'apiKey',
	resource: 'feature',
	operation: 'delete',
	record: 'PRJ1-1',
};

/** A run of many items, in an account where requests end only when they are cut off. */
function run(signal: AbortSignal, continueOnFail: boolean) {
	const sent: IHttpRequestOptions[] = [];
	const context = {
		getNode: () => ({ name: 'Aha!', parameters: {} }),
		getInputData: () => Array.from({ length: 500 }, () => ({ json: {} })),
		getTimezone: () => 'UTC',
		continueOnFail: () => continueOnFail,
		getExecutionCancelSignal: () => signal,
		getCredentials: async () => await Promise.resolve({ accountDomain: 'cancelled' }),
		getNodeParameter: (name: string, _index: number, fallback?: unknown) =>
			parameters[name] ?? fallback,
		helpers: {
			httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) =>
				await new Promise((_, reject) => {
					sent.push(options);
					const { abortSignal } = options;
					abortSignal?.addEventListener?.('abort', () => {
						reject(Object.assign(new Error('canceled'), { code: 'ERR_CANCELED' }));
					});
				}),
		},
	} as unknown as IExecuteFunctions;
	return { sent, done: execute(context, resources) };
}

test.each([true, false])(
	'a cancelled execution sends nothing more, on error %s',
	async (goesOn) => {
		const controller = new AbortController();
		const { sent, done } = run(controller.signal, goesOn);
		const ended = expect(done).rejects.toThrow('cancelled by a person');
		// Where the run stops after an error, only one item writes at first.
		while (sent.length < (goesOn ? 20 : 1)) await new Promise((resolve) => setTimeout(resolve, 5));
		controller.abort(new Error('cancelled by a person'));
		await ended;
		const before = sent.length;
		await new Promise((resolve) => setTimeout(resolve, 1_500));
		expect(sent).toHaveLength(before);
		expect(sent.every(({ abortSignal }) => abortSignal?.aborted)).toBe(true);
	},
);
