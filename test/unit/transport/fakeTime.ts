/** The longest fake time that anything here may take, in milliseconds. */
const LONGEST = 20 * 60_000;

/** Steps without any timer, after which nothing will happen any more. */
const IDLE = 500;

/** Runs on through jest's fake time until something has ended. */
export async function played<T>(task: Promise<T>): Promise<T> {
	let isDone = false;
	const end = () => (isDone = true);
	task.then(end, end);
	for (let time = 0, idle = 0; !isDone; time += 20) {
		idle = jest.getTimerCount() > 0 ? 0 : idle + 1;
		if (time > LONGEST || idle > IDLE) throw new Error('It does not end');
		await jest.advanceTimersByTimeAsync(20);
	}
	return await task;
}
