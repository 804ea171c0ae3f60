/** Runs on through jest's fake time until something has ended. */
export async function played<T>(task: Promise<T>): Promise<T> {
	let isDone = false;
	const end = () => (isDone = true);
	task.then(end, end);
	while (!isDone) await jest.advanceTimersByTimeAsync(20);
	return await task;
}
