import { chromium, type Browser } from 'playwright-core';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const UNPACK =
	'import("@sparticuz/chromium").then(async ({ default: c }) => console.log(await c.executablePath()))';

/**
 * Where the browser of the npm package lies, unpacked to the temp folder if it is not there yet.
 * In a process of its own: the package is an ES module, which jest cannot load.
 */
export async function browserBinary(): Promise<string> {
	const { stdout } = await promisify(execFile)(process.execPath, ['-e', UNPACK]);
	return stdout.trim();
}

const ALONE = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-domain-reliability',
	'--disable-sync',
	'--font-render-hinting=none',
	'--no-pings',
];

/**
 * A browser whose every request but those to this machine goes to a proxy.
 *
 * @param proxyUrl the sandbox's proxy; its certificates are taken as they are
 */
export async function launchBrowser(proxyUrl: string): Promise<Browser> {
	return await chromium.launch({
		executablePath: await browserBinary(),
		args: [
			...ALONE,
			'--ignore-certificate-errors',
			`--proxy-server=${proxyUrl}`,
			'--proxy-bypass-list=localhost;127.0.0.1',
		],
		// The package's own fonts, so that screenshots look the same on every machine.
		env: { ...process.env, FONTCONFIG_PATH: join(tmpdir(), 'fonts') },
	});
}
