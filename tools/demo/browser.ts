import { createHash, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { ProcessGroup } from '../runtime/processGroup';
import type { Sandbox } from '../../sandbox';

const LINUX = [
	'google-chrome',
	'google-chrome-stable',
	'chromium',
	'chromium-browser',
	'microsoft-edge',
	'brave-browser',
];

const MAC = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'];

/** Path of an installed browser that is based on Chromium. */
export function installedBrowser(): string | undefined {
	const folders = (process.env.PATH ?? '').split(delimiter);
	const candidates =
		process.platform === 'darwin'
			? MAC.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
			: LINUX.flatMap((name) => folders.map((folder) => join(folder, name)));
	return candidates.find((path) => existsSync(path));
}

const hasScreen = (): boolean =>
	process.platform === 'darwin' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);

/** The hash of a certificate's public key in Chromium's format. */
function keyDigest(pem: string): string {
	const { publicKey } = new X509Certificate(pem);
	const key = publicKey.export({ type: 'spki', format: 'der' });
	return createHash('sha256').update(key).digest('base64');
}

/**
 * Options for a Chromium window that reaches the sandbox at `*.aha.io` and trusts its certificates.
 * Everything else works as usual.
 *
 * @param profile folder for a separate profile, which leaves the user's own unchanged
 */
export function browserOptions({ proxyUrl, authority }: Sandbox, profile: string): string[] {
	const { host } = new URL(proxyUrl);
	const script = `function FindProxyForURL(u,h){return/^(?!www\\.).*\\.aha\\.io$/.test(h)?'PROXY ${host}':'DIRECT'}`;
	return [
		`--user-data-dir=${profile}`,
		`--proxy-pac-url=data:application/x-ns-proxy-autoconfig;base64,${Buffer.from(script).toString('base64')}`,
		`--ignore-certificate-errors-spki-list=${keyDigest(readFileSync(authority, 'utf8'))}`,
		'--no-first-run',
		'--no-default-browser-check',
		// Hides the warning about the option with the certificate.
		'--test-type',
	];
}

/**
 * Opens a browser window.
 *
 * @returns undefined if there is no screen or no suitable browser
 */
export async function openBrowser(
	url: string,
	options: readonly string[],
	folder: string,
): Promise<ProcessGroup | undefined> {
	const command = installedBrowser();
	if (command === undefined || !hasScreen()) return undefined;
	// Chromium's sandbox does not work as root.
	const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
	return await ProcessGroup.start({
		command,
		args: [...options, ...asRoot, url],
		cwd: folder,
		env: process.env,
		logFile: join(folder, 'browser.log'),
	});
}
