import { WaitedTime } from '../../../nodes/Aha/transport/waitedTime';
import { wait } from '../../../nodes/Aha/transport/wait';
import { played } from './fakeTime';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const waited = async (tasks: (waited: WaitedTime) => Promise<unknown>): Promise<number> => {
	const time = new WaitedTime();
	await played(tasks(time));
	return Math.round(time.milliseconds);
};

test('nothing is counted before a task is done', async () => {
	const tasks = async (time: WaitedTime) => {
		void time.during(wait(1_000));
		await wait(500);
	};
	expect(await waited(tasks)).toBe(0);
});

test('the time of tasks at once is counted once', async () => {
	const tasks = async (time: WaitedTime) => {
		await Promise.all([time.during(wait(1_000)), time.during(wait(3_000))]);
		await wait(5_000);
		await time.during(wait(2_000));
	};
	expect(await waited(tasks)).toBe(5_000);
});

test('a task that fails was waited for, too, and its error goes on', async () => {
	const failing = wait(1_000).then(() => {
		throw new Error('failed');
	});
	const tasks = async (time: WaitedTime) =>
		await expect(time.during(failing)).rejects.toThrow('failed');
	expect(await waited(tasks)).toBe(1_000);
});
