import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../../sandbox';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ limits: null });
});

afterAll(async () => await sandbox.stop());

/**
 * Runs the command as `npm run check:live` does.
 *
 * @param stopAt a word of its progress at which Ctrl-C is pressed
 */
async function run(args: readonly string[], env: Record<string, string>, stopAt?: string) {
	const child = spawn('node', ['--import', 'tsx', 'tools/checkLive/cli.ts', ...args], {
		env: { ...process.env, ...sandbox.env, ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	child.stderr.on('data', (chunk: Buffer) => {
		if (stopAt !== undefined && chunk.toString().includes(stopAt)) child.kill('SIGINT');
	});
	const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
	const [output, progress] = await Promise.all([text(child.stdout), text(child.stderr)]);
	return { code: await ended, output, progress };
}

const signIn = () => ({
	AHA_ACCOUNT_DOMAIN: 'mycompany',
	AHA_API_KEY: sandbox.account('mycompany').keys.owner,
});

test('Ctrl-C deletes what was made and still gives a report, without the key', async () => {
	const { AHA_API_KEY: key } = signIn();
	const features = () => [...sandbox.account('mycompany').store.all('feature')].length;
	const before = features();
	const { code, output, progress } = await run(
		['--write', 'PRJ1', '--rate', '50'],
		signIn(),
		'Changing',
	);
	expect(code).toBe(130);
	expect(progress).toContain('What was made is deleted first');
	expect(output).toMatch(/^# The node against an Aha! account/);
	expect(output).toContain('| Ended early | by hand |');
	expect(features()).toBe(before);
	expect(output + progress).not.toContain(key);
});

test('a wrong key ends it, and is not shown', async () => {
	const { code, output, progress } = await run([], { ...signIn(), AHA_API_KEY: 'not-the-key' });
	expect([code, output]).toEqual([2, '']);
	expect(progress).toContain('Aha! did not accept the key.');
	expect(progress).not.toContain('not-the-key');
});

test.each([
	[['--rate', 'fast'], '--rate fast is not a number'],
	[['--delete'], "Unknown option '--delete'"],
	[['--write', ' '], '--write needs a workspace'],
])('%j is explained', async (args, sentence) => {
	const { code, progress } = await run(args, signIn());
	expect(code).toBe(2);
	expect(progress).toContain(sentence);
	expect(progress).toContain('npm run --silent check:live');
});
