import type { IExecuteFunctions } from 'n8n-workflow';

import { Hints } from '../../../nodes/Aha/run/hints';
import type { AhaClient } from '../../../nodes/Aha/transport/client';
import { AHA_LIMITS } from '../../../nodes/Aha/transport/rateLimiter';
import { WaitedTime } from '../../../nodes/Aha/transport/waitedTime';

/** What a run tells that waited for so many milliseconds. */
function told(waitedFor: number, limits: AhaClient['limits'] = AHA_LIMITS): string[] {
	const messages: string[] = [];
	const context = {
		addExecutionHints: ({ message }: { message: string }) => messages.push(message),
	} as unknown as IExecuteFunctions;
	new Hints().tell(context, { waitedFor, limits } as AhaClient);
	return messages;
}

test('a long wait is told with the limits of the account', () => {
	expect(told(12_300)).toEqual([
		"Waited 12 s for Aha!'s limits of 20 requests a second and 300 a minute",
	]);
	expect(told(60_000, [{ requests: 100, window: 60_000 }])).toEqual([
		"Waited 60 s for Aha!'s limits of 100 requests a minute",
	]);
});

test('a short wait is not', () => {
	expect(told(4_999)).toEqual([]);
});

test('waits at the same time count once', async () => {
	let time = 0;
	const clock = jest.spyOn(performance, 'now').mockImplementation(() => time);
	const waited = new WaitedTime();
	let endFirst: () => void = () => undefined;
	let endSecond: () => void = () => undefined;
	const first = waited.during(new Promise<void>((resolve) => (endFirst = resolve)));
	time = 1_000;
	const second = waited.during(new Promise<void>((resolve) => (endSecond = resolve)));
	time = 3_000;
	endFirst();
	await first;
	time = 4_000;
	endSecond();
	await second;
	time = 9_000;
	const refused = waited.during(Promise.reject(new Error('stopped')));
	await expect(refused).rejects.toThrow('stopped');
	expect(waited.milliseconds).toBe(4_000);
	clock.mockRestore();
});
